/** Cells of lists for spreadsheets, which run what begins like a formula, whoever wrote it there. */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;

/** The text, behind an apostrophe where a spreadsheet would take it for a formula; our own reader takes that apostrophe off. */
export const spreadsheetText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** What a cell says without that apostrophe. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
