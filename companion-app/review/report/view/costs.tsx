/** What the number is made of: parts, groups, and the same seconds at published prices. */
import type { CostGroup, Report } from '../../../../shared/protocol/pages';
import { costWords as words, sayReason, type Entry } from '../../../../shared/words';
import type { Speech } from './words';

type Money = NonNullable<Report['money']>;

interface CostsProps {
  readonly money: Report['money'];
  readonly s: Speech;
}

const BYS = ['scene', 'engine', 'pack', 'reason'] as const;

export function Costs({ money, s }: CostsProps) {
  if (!money?.parts) return null;
  const { total, usableSeconds, currency, by, cloud } = money;
  const groups = BYS.flatMap((name) => {
    const rows = by?.[name] ?? [];
    // One engine alone says what the whole says.
    return rows.length > (name === 'reason' ? 0 : 1) ? [{ name, rows }] : [];
  });
  return (
    <>
      <h2>{s.t(words.title)}</h2>
      <p>
        {usableSeconds > 0
          ? s.t(words.howReckoned, { total: s.money(total, currency), seconds: s.number(usableSeconds, 2) })
          : `${s.money(total, currency)}, ${s.t(words.noneUsable)}`}
      </p>
      <div className="costs">
        <Parts money={money} s={s} />
        {groups.map(({ name, rows }) => (
          <Groups key={name} by={name} rows={rows} currency={currency} s={s} />
        ))}
        {cloud && cloud.length > 0 && <Cloud cloud={cloud} s={s} />}
      </div>
    </>
  );
}

function Parts({ money: { parts, currency }, s }: { readonly money: Money; readonly s: Speech }) {
  if (!parts) return null;
  const rows = [
    { name: words.energy, value: parts.energy, detail: `${s.number(parts.wattHours, 1)} Wh` },
    { name: words.machine, value: parts.machine, detail: s.duration(parts.workSeconds) },
    { name: words.review, value: parts.review, detail: s.duration(parts.reviewSeconds) },
  ];
  return (
    <table className="numbers">
      <tbody>
        {rows.map(({ name, value, detail }) => (
          <tr key={name.en}>
            <th scope="row">{s.t(name)}</th>
            <td>{detail}</td>
            <td>{s.money(value, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{s.t(words.total)}</th>
          <td />
          <td>{s.money(parts.total, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

interface GroupsProps {
  readonly by: (typeof BYS)[number];
  readonly rows: readonly CostGroup[];
  readonly currency: string;
  readonly s: Speech;
}

function Groups({ by, rows, currency, s }: GroupsProps) {
  const nameOf = (name: string): string =>
    by === 'reason' ? sayReason(s.language, s.told(name)) : by === 'pack' && name === 'none' ? '–' : name;
  // Nothing rejected is usable.
  const usable = by !== 'reason';
  return (
    <table className="numbers">
      <Head names={[words[by], words.takes, words.total, ...(usable ? [words.usable, words.aSecond] : [])]} s={s} />
      <tbody>
        {rows.map(({ name, takes, total, usableSeconds, perUsableSecond }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{nameOf(name)}</bdi>
            </th>
            <td>{takes}</td>
            <td>{s.money(total, currency)}</td>
            {usable && <td>{s.number(usableSeconds, 2)}</td>}
            {usable && <td>{perUsableSecond === null ? '–' : s.money(perUsableSecond, currency)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ names, s }: { readonly names: readonly Entry[]; readonly s: Speech }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name.en} scope="col">
            {s.t(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cloud({ cloud, s }: { readonly cloud: NonNullable<Money['cloud']>; readonly s: Speech }) {
  const notes = [...new Set(cloud.map(({ note }) => note))];
  return (
    <div>
      <table className="numbers">
        <caption>{s.t(words.cloud)}</caption>
        <Head names={[words.service, words.perSecond, words.forAllTakes, words.aSecond]} s={s} />
        <tbody>
          {cloud.map(({ service, currency, perSecond, forAllTakes, perUsableSecond, source, date }) => (
            <tr key={service}>
              <th scope="row">
                <bdi>{service}</bdi>
                <span className="soft">
                  {source}, {date}
                </span>
              </th>
              <td>{s.money(perSecond, currency)}</td>
              <td>{s.money(forAllTakes, currency)}</td>
              <td>{perUsableSecond === null ? '–' : s.money(perUsableSecond, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} className="soft">
          {s.told(note)}
        </p>
      ))}
    </div>
  );
}
