/** Which rows of the list are shown. Pure. */
import type { ShotRow } from './rows';

export const SHOWS = ['all', 'changed', 'untaken', 'failed', 'undecided'] as const;
export type Show = (typeof SHOWS)[number];

export interface Filter {
  readonly text: string;
  readonly show: Show;
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
