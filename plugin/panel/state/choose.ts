/** Which shots are shown, and which are chosen, by hand and for the night. Pure. */
import type { Filter, Show } from './filter';
import type { ShotRow } from './rows';

/** The ids chosen after a click on one of the rows shown. */
export function chosenAfterClick(
  rows: readonly ShotRow[],
  id: string,
  how: 'alone' | 'toggle' | 'range',
  anchor: string | null,
): readonly string[] {
  const chosen = rows.filter((row) => row.chosen).map((row) => row.id);
  if (how === 'toggle') return chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
  if (how === 'alone') return [id];
  const at = (shot: string | null): number => rows.findIndex((row) => row.id === shot);
  const [from, to] = [at(anchor), at(id)].sort((a, b) => a - b);
  return from === undefined || to === undefined || from < 0 ? [id] : rows.slice(from, to + 1).map((row) => row.id);
}

/** What the night is for: shots without a take, changed ones, failed ones; where there is none, all. */
export function nightShots(rows: readonly ShotRow[]): readonly string[] {
  const due = rows.filter((row) => ['none', 'failed', 'stopped'].includes(row.state) || row.changed.length > 0);
  return (due.length > 0 ? due : rows).map((row) => row.id);
}

const fits: Readonly<Record<Show, (row: ShotRow) => boolean>> = {
  all: () => true,
  changed: (row) => row.changed.length > 0,
  untaken: (row) => row.takes.length === 0,
  failed: (row) => row.state === 'failed',
  undecided: (row) =>
    row.takes.some((take) => take.inUse) && !row.takes.some((take) => take.inUse && take.label !== 'open'),
};

/** Every word of the text is somewhere in the shot's name or note, whatever its case. */
export function filtered(rows: readonly ShotRow[], { text, show }: Filter): readonly ShotRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => {
    const hay = `${row.name} ${row.note}`.toLowerCase();
    return fits[show](row) && words.every((word) => hay.includes(word));
  });
}
