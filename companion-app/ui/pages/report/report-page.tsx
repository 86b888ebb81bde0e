/** The morning report: the same component as in its file, with ways to keep and print it. */
import './report.css';
import { ActionButton, Item, Picker } from '@adobe/react-spectrum';
import { useEffect, useMemo, useState } from 'react';
import { REPORT_STYLE, ReportView } from '../../../review/report/view';
import { reportEndpoint, reportFileEndpoint, type ReportShot } from '../../../../shared/protocol';
import { reportWords, shell } from '../../../../shared/words';
import { callRaw } from '../../lib/api';
import { hrefOf } from '../../lib/hash';
import { useLanguage, usePreferences } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useQueue } from '../../lib/queue-context';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { sequencesOf } from '../review/cut/cut';

const EVERYTHING = 'all';

export function ReportPage() {
  const t = useWords();
  const language = useLanguage();
  const { theme } = usePreferences();
  const { rows } = useQueue();
  const sequences = useMemo(() => sequencesOf(rows), [rows]);
  const [chosen, setChosen] = useState(EVERYTHING);
  const wish = { language, ...(chosen !== EVERYTHING && { sequenceId: chosen }) };
  const report = useCall(reportEndpoint, wish);
  const act = useAct();
  useStyle();
  const save = (): void => act.run(async () => download(await callRaw(reportFileEndpoint, wish)));
  return (
    <>
      <div className="row unprinted">
        {sequences.length > 1 && (
          <Picker
            aria-label={t(reportWords.sequence)}
            selectedKey={chosen}
            onSelectionChange={(key) => setChosen(String(key))}
            items={[{ id: EVERYTHING, name: t(reportWords.allSequences) }, ...sequences]}
          >
            {({ id, name }) => <Item key={id}>{name}</Item>}
          </Picker>
        )}
        <ActionButton onPress={report.again}>{t(reportWords.fresh)}</ActionButton>
        <ActionButton isDisabled={!report.data || act.busy} onPress={save}>
          {t(reportWords.save)}
        </ActionButton>
        <ActionButton isDisabled={!report.data} onPress={() => print()}>
          {t(reportWords.print)}
        </ActionButton>
      </div>
      {act.problem && <ProblemBox problem={act.problem} />}
      {report.problem && <ProblemBox problem={report.problem} />}
      {report.data ? (
        <ReportView
          report={report.data}
          language={language}
          look={theme === 'system' ? 'auto' : theme}
          hrefOf={hrefOfShot}
        />
      ) : (
        !report.problem && <p>{t(shell.loading)}</p>
      )}
    </>
  );
}

const hrefOfShot = ({ sequenceId, name }: ReportShot): string => hrefOf('review', sequenceId ?? '', name);

function download(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'report.html';
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The report's style sheet, as long as its page is open. */
function useStyle(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(REPORT_STYLE);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, []);
}
