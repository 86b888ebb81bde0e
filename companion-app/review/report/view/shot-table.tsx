/** Every shot with what was asked and what came of it. On a phone each row becomes a card. */
import type { Report, ReportShot } from '../../../../shared/protocol/pages';
import { reportWords as words, sayReason } from '../../../../shared/words';
import { Badge } from './contact-sheet';
import type { Speech } from './words';

interface TableProps {
  readonly shots: readonly ReportShot[];
  readonly money: Report['money'];
  readonly s: Speech;
}

/** What is lost in rounding is no row. */
const LEAST_PART = 0.001;

export function ShotTable({ shots, money, s }: TableProps) {
  const columns = [
    ...[words.shot, words.note, words.asked, words.measured, words.engine, words.takes, words.checks, words.time],
    ...(money ? [words.cost] : []),
  ].map((entry) => s.t(entry));
  const total = shots.reduce((sum, { seconds }) => sum + seconds, 0);
  const takes = shots.reduce((sum, shot) => sum + shot.takes, 0);
  const unlisted = money ? money.total - shots.reduce((sum, { cost = 0 }) => sum + cost, 0) : 0;
  // Roles are said aloud because a table that is laid out as cards loses its own.
  return (
    <table role="table" className="shots">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {shots.map((shot, index) => (
          <Row key={shot.key} shot={shot} id={`shot-${index + 1}`} columns={columns} money={money} s={s} />
        ))}
      </tbody>
      <tfoot role="rowgroup">
        {money && unlisted > LEAST_PART * money.total && (
          <tr role="row">
            <td role="cell" className="soft" colSpan={8}>
              {s.t(words.unlisted)}
            </td>
            <Cell name={columns[8]} text={s.money(unlisted, money.currency)} n />
          </tr>
        )}
        <tr role="row">
          <th role="rowheader" scope="row" colSpan={5}>
            {s.t(words.all)}
          </th>
          <Cell name={columns[5]} text={String(takes)} n />
          <Cell name={columns[6]} text="" />
          <Cell name={columns[7]} text={s.duration(total)} n />
          {money && <Cell name={columns[8]} text={s.money(money.total, money.currency)} n />}
        </tr>
      </tfoot>
    </table>
  );
}

/** Letters from which on a note gets a wider column. */
const LONG_NOTE = 160;

interface RowProps {
  readonly shot: ReportShot;
  readonly id: string;
  readonly columns: readonly string[];
  readonly money: Report['money'];
  readonly s: Speech;
}

function Row({ shot, id, columns, money, s }: RowProps) {
  const { sequence, reason } = shot;
  return (
    <tr role="row" id={id}>
      <th role="rowheader" scope="row">
        <bdi>{shot.name}</bdi> <Badge shot={shot} s={s} />
        {sequence !== undefined && (
          <span className="soft" dir="auto">
            {sequence}
          </span>
        )}
        {shot.verdict === 'approved' && shot.inCut !== undefined && (
          <span className="soft">{s.t(shot.inCut ? words.inCut : words.notInCut)}</span>
        )}
        {reason !== undefined && reason !== '' && <span className="soft">“{sayReason(s.language, reason)}”</span>}
      </th>
      <td
        role="cell"
        data-label={columns[1]}
        dir="auto"
        className={shot.notes === '' ? 'void' : shot.notes.length > LONG_NOTE ? 'long' : undefined}
      >
        {shot.notes}
      </td>
      <Cell name={columns[2]} text={shot.moves.join('; ')} />
      <Cell name={columns[3]} text={s.checkDetail(shot.measured ?? '')} />
      <Cell
        name={columns[4]}
        text={
          shot.engine === ''
            ? ''
            : [shot.engine, shot.provider, s.t(words.seed, { n: String(shot.seed) })].filter(Boolean).join(', ')
        }
      />
      <Cell name={columns[5]} text={String(shot.takes)} n />
      <td role="cell" data-label={columns[6]}>
        <Checks shot={shot} s={s} />
      </td>
      <Cell name={columns[7]} text={shot.seconds > 0 ? s.duration(shot.seconds) : ''} n />
      {money && <Cell name={columns[8]} text={shot.cost === undefined ? '' : s.money(shot.cost, money.currency)} n />}
    </tr>
  );
}

function Cell({
  name,
  text,
  n = false,
}: {
  readonly name: string | undefined;
  readonly text: string;
  readonly n?: boolean;
}) {
  return (
    <td role="cell" data-label={name} className={n ? 'n' : text === '' ? 'void' : undefined}>
      {text}
    </td>
  );
}

/** Failed checks stand open, passed ones fold away. */
function Checks({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  const passed = shot.checks.filter(({ ok }) => ok);
  const failed = shot.checks.filter(({ ok }) => !ok);
  return (
    <>
      {failed.map(({ name, detail }) => (
        <p key={name} className="check">
          <span className="bad">✗ {s.checkName(name)}</span>: {s.checkDetail(detail)}
        </p>
      ))}
      {shot.warnings.map((warning) => (
        <p key={warning} className="warning">
          {s.told(warning)}
        </p>
      ))}
      {passed.length > 0 && (
        <details>
          <summary>{s.t(words.checksPassed, { n: passed.length })}</summary>
          {passed.map(({ name, detail }) => (
            <p key={name} className="check">
              <span className="good">✓ {s.checkName(name)}</span>: {s.checkDetail(detail)}
            </p>
          ))}
        </details>
      )}
    </>
  );
}
