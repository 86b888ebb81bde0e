/** The report: the same component on the companion's page and in the file. No script, nothing from outside. */
import type { Report } from '../../../../shared/protocol/pages';
import { reportWords as words, type Language } from '../../../../shared/words';
import { Changes } from './changes';
import { Charts } from './charts';
import { Costs } from './costs';
import { ContactSheet, type HrefOf } from './contact-sheet';
import { Estimates } from './estimates';
import { Happened } from './happened';
import { ShotTable } from './shot-table';
import { ToDo } from './to-do';
import { verdict } from './verdict';
import { speech } from './words';

export interface ReportViewProps {
  readonly report: Report;
  readonly language: Language;
  /** "auto" goes by the reader's system. */
  readonly look: 'auto' | 'light' | 'dark';
  /** Where a shot's picture leads; its row in the table where absent. */
  readonly hrefOf?: HrefOf | undefined;
}

export function ReportView({ report, language, look, hrefOf }: ReportViewProps) {
  const s = speech(language);
  const bad = report.shots.some(({ state }) => state === 'failed');
  const rate = report.rate === '' ? '' : `${report.rate} fps`;
  return (
    <div className={`report ${look}`} lang={language}>
      <p className="made">
        {[report.made, rate, report.machine, `Inbetween ${report.version}`].filter(Boolean).join(' · ')}
      </p>
      <p className={bad ? 'verdict bad' : 'verdict'}>{verdict(report, language)}</p>
      {report.shots.length > 0 && (
        <>
          <ToDo shots={report.shots} s={s} />
          <Changes changes={report.changes} s={s} />
          <Happened notices={report.notices} s={s} />
          <h2>{s.t(words.contactSheet)}</h2>
          <ContactSheet shots={report.shots} s={s} hrefOf={hrefOf} />
          <h2>{s.t(words.shots)}</h2>
          <ShotTable shots={report.shots} money={report.money} s={s} />
          <Costs money={report.money} s={s} />
          <Estimates money={report.money} s={s} />
          <Charts charts={report.charts} look={look} s={s} />
          {report.money?.notes.map((note) => (
            <p key={note} className="soft">
              {s.told(note)}
            </p>
          ))}
        </>
      )}
      {report.files.length > 0 && (
        <>
          <h2>{s.t(words.files)}</h2>
          <ul className="files">
            {report.files.map(({ name, about }) => (
              <li key={name}>
                <code>{name}</code> {about}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
