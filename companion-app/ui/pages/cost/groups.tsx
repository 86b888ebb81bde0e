/** The same number by shot, scene, engine, pack and reason of rejection; the dearest first. */
import { Item, Picker } from '@adobe/react-spectrum';
import { useState } from 'react';
import type { CostReport } from '../../../../shared/protocol';
import { costWords, sayReason, sayTold } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useLanguage } from '../../lib/preferences';
import { useWords } from '../../lib/use-words';
import { useMoney } from './money';

type By = keyof CostReport['by'];
const BYS: readonly By[] = ['shot', 'scene', 'engine', 'pack', 'reason'];

export function Groups({ cost: { by, currency } }: { readonly cost: CostReport }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const money = useMoney(currency);
  const [which, setWhich] = useState<By>('shot');
  const groups = by[which];
  const heads = [
    ...[costWords[which], costWords.total, costWords.aSecond, costWords.usable, costWords.takes],
    ...[costWords.approved, costWords.rejected, costWords.failed, costWords.review],
  ];
  return (
    <section>
      <div className="row groups">
        <Picker
          label={t(costWords.by)}
          labelPosition="side"
          selectedKey={which}
          onSelectionChange={(key) => setWhich(BYS.find((name) => name === key) ?? 'shot')}
          items={BYS.map((name) => ({ name }))}
        >
          {({ name }) => <Item key={name}>{t(costWords[name])}</Item>}
        </Picker>
      </div>
      {groups.length === 0 ? (
        <p className="quiet">{t(costWords.noneOfThese)}</p>
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t(costWords[which])}>
          <table className="findings numbers">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head.en} scope="col">
                    {t(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={group.name}>
                  <th scope="row">
                    {which === 'reason' ? sayReason(language, sayTold(language, group.name)) : group.name}
                  </th>
                  <td>{money(group.total)}</td>
                  <td>{group.perUsableSecond === null ? '–' : money(group.perUsableSecond)}</td>
                  <td>{format.number(group.usableSeconds, 2)}</td>
                  <td>{format.number(group.takes)}</td>
                  <td>{format.number(group.approved)}</td>
                  <td>{format.number(group.rejected)}</td>
                  <td>{format.number(group.failedAttempts)}</td>
                  <td>{format.number(group.reviewSeconds / 60, 1)} min</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
