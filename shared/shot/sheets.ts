/** Scanned sheets of boards: those that are surely such become a board a panel, all that may be such do, or each stays one board. */
export const SHEETS = ['auto', 'cut', 'whole'] as const;
export type Sheets = (typeof SHEETS)[number];
