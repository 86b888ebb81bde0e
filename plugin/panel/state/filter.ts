/** What the list of shots is narrowed down to. */
export const SHOWS = ['all', 'changed', 'untaken', 'failed', 'undecided'] as const;
export type Show = (typeof SHOWS)[number];

export interface Filter {
  readonly text: string;
  readonly show: Show;
}
