/** What this machine has and lacks for rendering. */
import { ActionButton, Button, ProgressCircle } from '@adobe/react-spectrum';
import { useState } from 'react';
import { doctorEndpoint, type Finding } from '../../../../shared/protocol';
import { doctorWords, machineTold, sayTold, shell } from '../../../../shared/words';
import { useLanguage } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { Support } from './support';

/** The findings as text to paste, in English for whoever helps. */
export function findingsText(version: string, findings: readonly Finding[]): string {
  const line = ({ name, ok, detail, action }: Finding): string =>
    `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(16)}  ${detail}${action === null ? '' : `  → ${action}`}`;
  return [`Inbetween ${version}`, ...findings.map(line)].join('\n');
}

export function DoctorPage() {
  const t = useWords();
  const [round, setRound] = useState(0);
  return (
    <>
      <Findings key={round} again={() => setRound(round + 1)} />
      <h2>{t(doctorWords.supportTitle)}</h2>
      <Support />
    </>
  );
}

function Findings({ again }: { readonly again: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const { data, problem } = useCall(doctorEndpoint, {});
  const [copied, setCopied] = useState(false);
  if (problem) return <ProblemBox problem={problem} act={{ label: t(doctorWords.again), press: again }} />;
  if (!data) {
    return (
      <p className="row">
        <ProgressCircle isIndeterminate size="S" aria-label={t(doctorWords.looking)} /> {t(doctorWords.looking)}
      </p>
    );
  }
  const { version, findings } = data;
  const faults = findings.filter(({ ok }) => !ok).length;
  const copy = (): void => {
    void navigator.clipboard.writeText(findingsText(version, findings)).then(() => setCopied(true));
  };
  return (
    <>
      <p role="status">
        <strong>{faults === 0 ? t(doctorWords.allWell) : t(doctorWords.faults, { n: faults })}</strong>{' '}
        <span className="quiet">{t(doctorWords.version, { version })}</span>
      </p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t(doctorWords.check)}>
        <table className="findings">
          <thead>
            <tr>
              <th scope="col">{t(doctorWords.check)}</th>
              <th scope="col">{t(doctorWords.result)}</th>
              <th scope="col">{t(doctorWords.detail)}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ name, ok, detail, action }, i) => (
              <tr key={i}>
                <th scope="row">{machineTold(language, name)}</th>
                <td className={ok ? 'good' : 'bad'}>{t(ok ? doctorWords.ok : doctorWords.fault)}</td>
                <td>
                  {machineTold(language, detail)}
                  {action !== null && <div className="problem-action">{sayTold(language, action)}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button variant="secondary" onPress={again}>
          {t(doctorWords.again)}
        </Button>
        <ActionButton onPress={copy}>{t(copied ? shell.copied : shell.copy)}</ActionButton>
      </div>
    </>
  );
}
