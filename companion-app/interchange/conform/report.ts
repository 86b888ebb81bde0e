/** What became of the storyboard, for people (text, HTML) and for programs (JSON). */
import { formatRate, formatTimecode, framesToSeconds } from '../../../shared/shot';
import { CHANGES, type Change, type Conformed, type Row } from './compare';

/** How many of each, those that are not told left out. */
export function counts(conformed: Conformed): Readonly<Record<Change, number>> {
  const of = (change: Change): number => conformed.rows.filter((row) => row.change === change).length;
  return {
    kept: of('kept'),
    retimed: of('retimed'),
    moved: of('moved'),
    'moved and retimed': of('moved and retimed'),
    duplicated: of('duplicated'),
    added: of('added'),
    deleted: conformed.deleted.length,
  };
}

const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
const timecode = (frame: number, { startFrame, rate, dropFrame }: Conformed): string =>
  formatTimecode(startFrame + frame, rate, dropFrame);

/** The edit in a sentence. */
export function verdict(conformed: Conformed): string {
  const told = CHANGES.flatMap((change) => {
    const n = counts(conformed)[change];
    return n === 0 ? [] : [`${n} ${change}`];
  });
  const length = signed(conformed.frames - conformed.framesWere);
  const seconds = framesToSeconds(conformed.frames, conformed.rate).toFixed(1);
  return `${told.join(', ') || 'nothing in common'}; ${conformed.frames} frames (${seconds} s), ${length} against the storyboard.`;
}

function labelOf(row: Row): string {
  const { panel, name } = row.use;
  return panel ? `${panel.shot} ${panel.board.name}` : name;
}

const wasOf = (row: Row): string => (row.was === null ? '' : `was ${row.was}, ${row.framesWere} f`);

/** Lines for a terminal. */
export function reportText(conformed: Conformed): string[] {
  const rows = conformed.rows.map((row) => {
    const place = `${String(row.number).padStart(4)}  ${timecode(row.use.start, conformed)}  ${String(row.use.frames).padStart(5)} f`;
    return `${place}  ${row.change.padEnd(17)}  ${labelOf(row)}  ${row.change === 'kept' ? '' : wasOf(row)}`.trimEnd();
  });
  const gone = conformed.deleted.map(
    (panel) => `   –  deleted: ${panel.shot} ${panel.board.name} (was ${panel.index + 1}, ${panel.frames} f)`,
  );
  const gaps = conformed.gapFrames > 0 ? [`${conformed.gapFrames} frames of the edit show no picture.`] : [];
  return [verdict(conformed), ...rows, ...gone, ...gaps, ...conformed.warnings];
}

/** Plain data; frames are the edited sequence's. */
export function reportJson(conformed: Conformed): object {
  return {
    title: conformed.title,
    fps: conformed.rate,
    dropFrame: conformed.dropFrame,
    frames: conformed.frames,
    framesWere: conformed.framesWere,
    gapFrames: conformed.gapFrames,
    counts: counts(conformed),
    rows: conformed.rows.map((row) => ({
      number: row.number,
      change: row.change,
      shot: row.use.panel?.shot ?? null,
      board: row.use.panel?.board.name ?? null,
      clip: row.use.name,
      file: row.use.file,
      startFrame: row.use.start,
      timecode: timecode(row.use.start, conformed),
      frames: row.use.frames,
      was: row.was,
      framesWere: row.framesWere,
    })),
    deleted: conformed.deleted.map((panel) => ({
      was: panel.index + 1,
      shot: panel.shot,
      board: panel.board.name,
      framesWere: panel.frames,
    })),
    warnings: conformed.warnings,
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.tc { font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.kept td { opacity: .72; }
.change { font-weight: 600; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } }
@media (max-width: 40rem) { .wide { display: none; } }`;

function rowHtml(row: Row, conformed: Conformed): string {
  const difference = row.framesWere === null ? '' : signed(row.use.frames - row.framesWere);
  return `<tr class="${row.change === 'kept' ? 'kept' : 'changed'}"><td class="n">${row.number}</td><td class="n wide">${row.was ?? ''}</td><td class="tc">${timecode(row.use.start, conformed)}</td><td class="n">${row.use.frames}</td><td class="n">${difference === '0' ? '' : difference}</td><td class="change">${row.change}</td><td>${escaped(labelOf(row))}</td></tr>`;
}

/** One page without scripts or links, good offline and on paper. */
export function reportHtml(conformed: Conformed): string {
  const head =
    '<tr><th class="n" scope="col">Nr</th><th class="n wide" scope="col">Was</th><th scope="col">Timecode</th><th class="n" scope="col">Frames</th><th class="n" scope="col">±</th><th scope="col">Change</th><th scope="col">Board</th></tr>';
  const gone = conformed.deleted.map(
    (p) => `<li>${escaped(`${p.shot} ${p.board.name}`)} (was ${p.index + 1}, ${p.frames} frames)</li>`,
  );
  const said = conformed.warnings.map((warning) => `<li>${escaped(warning)}</li>`);
  const list = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `<h2>${title}</h2><ul>${items.join('')}</ul>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(conformed.title)}: the edit against the storyboard</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(conformed.title)}</h1><p>${escaped(verdict(conformed))}</p>
<table><caption>The edit in its order, at ${formatRate(conformed.rate)} frames a second</caption><thead>${head}</thead>
<tbody>${conformed.rows.map((row) => rowHtml(row, conformed)).join('\n')}</tbody></table>
${list('Deleted', gone)}${list('Remarks', said)}</main></body></html>
`;
}
