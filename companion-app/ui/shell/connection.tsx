/** How the line stands when it does not: each state with its one action. */
import { Button, ProgressCircle } from '@adobe/react-spectrum';
import type { ReactNode } from 'react';
import { shell } from '../../../shared/words';
import { useLink } from '../lib/queue-context';
import { useWords } from '../lib/use-words';

/** A strip above the page while the companion does not answer; the pages below keep what they have. */
export function ConnectionBar() {
  const t = useWords();
  const { state, connect } = useLink();
  if (state.kind !== 'disconnected') return null;
  return (
    <div className="bar" role="status">
      <span>{t(shell.disconnected)}</span>
      <Button variant="secondary" onPress={connect}>
        {t(shell.tryNow)}
      </Button>
    </div>
  );
}

/** The pages, or what has to be done before there can be any. */
export function WhenConnected({ children }: { readonly children: ReactNode }) {
  const t = useWords();
  const { state, connect } = useLink();
  switch (state.kind) {
    case 'connecting':
    case 'unpaired':
      return (
        <div className="notice">
          <ProgressCircle isIndeterminate aria-label={t(shell.connecting)} />
        </div>
      );
    case 'superseded':
      return <Notice text={t(shell.superseded)} label={t(shell.useHere)} press={connect} />;
    case 'version-mismatch':
      return (
        <Notice
          text={t(state.update === 'page' ? shell.mismatchPage : shell.mismatchCompanion)}
          label={t(shell.reload)}
          press={() => location.reload()}
        />
      );
    case 'connected':
    case 'disconnected':
      return children;
  }
}

interface NoticeProps {
  readonly text: string;
  readonly label: string;
  readonly press: () => void;
}

export function Notice({ text, label, press }: NoticeProps) {
  const t = useWords();
  return (
    <div className="notice" role="alert">
      <p>{text}</p>
      <p>{t(shell.nothingLost)}</p>
      <Button variant="accent" onPress={press}>
        {label}
      </Button>
    </div>
  );
}
