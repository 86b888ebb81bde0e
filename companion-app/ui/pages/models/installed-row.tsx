/** One installed pack. */
import { ActionButton } from '@adobe/react-spectrum';
import type { ReactNode } from 'react';
import type { InstalledPack } from '../../../../shared/protocol';
import { modelsWords } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useWords } from '../../lib/use-words';

export interface InstalledRowProps {
  readonly pack: InstalledPack;
  readonly busy: boolean;
  readonly verify: () => void;
  readonly remove: () => void;
  /** What is being done with it. */
  readonly children?: ReactNode;
}

export function InstalledRow({ pack, busy, verify, remove, children }: InstalledRowProps) {
  const t = useWords();
  const format = useFormat();
  const facts = [
    ...(pack.family === null ? [] : [t(modelsWords.family, { family: pack.family })]),
    ...(pack.bytes > 0 ? [format.bytes(pack.bytes)] : []),
  ];
  return (
    <li className="pack">
      <div className="row spread">
        <span className="long">
          <strong>{pack.name}</strong> <span className="quiet">{facts.join(' · ')}</span>
        </span>
        <div className="row">
          <ActionButton isDisabled={busy} onPress={verify}>
            {t(modelsWords.verify)}
          </ActionButton>
          <ActionButton isDisabled={busy} onPress={remove}>
            {t(modelsWords.remove)}
          </ActionButton>
        </div>
      </div>
      {children}
      {pack.problem !== null && <p className="bad">{pack.problem}</p>}
    </li>
  );
}
