/** What the panel did by itself, and what went wrong. */
import type { ReactElement } from 'react';
import { common, noticeWords } from '../../../shared/words';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { ActionButton, Body } from './widgets';

export function Notices(): ReactElement | null {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  const notices = usePanel((state) => state.notices);
  const trouble = usePanel((state) => state.trouble);
  if (notices.length === 0 && !trouble) return null;
  return (
    <div className="notices" role="log" aria-live="polite">
      {trouble ? (
        <div className="notice error">
          <Body>{line(trouble, true)}</Body>
          <ActionButton quiet text="✕" label={say(common.close)} onPress={desk.dismissTrouble} />
        </div>
      ) : null}
      {notices.slice(-3).map((notice) => (
        <div className="notice" key={notice.id}>
          <Body>{say(noticeWords[notice.kind], notice.values)}</Body>
          <ActionButton quiet text="✕" label={say(common.close)} onPress={() => desk.dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
