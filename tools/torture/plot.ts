/** Draws predicted against actual time left. */
import sharp from 'sharp';

/** What was told at a moment: seconds since the start, seconds left. */
export interface Moment {
  readonly at: number;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [1200, 640, 90, 60, 40, 70];

/** A round number of seconds between grid lines, about six of them. */
function gridStep(most: number): number {
  const raw = most / 6;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= raw) ?? raw;
}

/** Writes a PNG: the actual time left as a straight line, what was predicted with its range, the final quarter shaded. */
export async function drawPlot(moments: readonly Moment[], seconds: number, file: string): Promise<void> {
  // What is told before much is known may be far off: the picture shows up to twice the actual time.
  const most = Math.min(2 * seconds, Math.max(seconds, ...moments.map((moment) => moment.high)));
  const x = (at: number): number => LEFT + (at / seconds) * (WIDTH - LEFT - RIGHT);
  const y = (left: number): number => HEIGHT - BOTTOM - (Math.min(left, most) / most) * (HEIGHT - TOP - BOTTOM);
  const line = (value: (moment: Moment) => number): string =>
    moments.map((moment) => `${x(moment.at).toFixed(1)},${y(value(moment)).toFixed(1)}`).join(' ');
  const back = [...moments].reverse().map((moment) => `${x(moment.at).toFixed(1)},${y(moment.low).toFixed(1)}`);
  const text = (at: readonly [number, number], words: string, more = ''): string =>
    `<text x="${at[0]}" y="${at[1]}" font-family="DejaVu Sans, sans-serif" font-size="18" fill="#333" ${more}>${words}</text>`;
  const marks = (end: number): number[] => {
    const step = gridStep(end);
    return Array.from({ length: Math.floor(end / step) + 1 }, (_, n) => n * step);
  };
  const grid = [
    ...marks(most).map(
      (left) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(left)}" y2="${y(left)}" stroke="#ddd"/>` +
        text([LEFT - 10, y(left) + 6], `${Math.round(left)}`, 'text-anchor="end"'),
    ),
    ...marks(seconds).map((at) => text([x(at), HEIGHT - BOTTOM + 26], `${Math.round(at)}`, 'text-anchor="middle"')),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#fff"/>
    <rect x="${x(0.75 * seconds)}" y="${TOP}" width="${x(seconds) - x(0.75 * seconds)}" height="${HEIGHT - TOP - BOTTOM}" fill="#f3f3f3"/>
    ${grid.join('')}
    <polygon points="${line((moment) => moment.high)} ${back.join(' ')}" fill="#3b82c4" fill-opacity="0.18"/>
    <line x1="${x(0)}" y1="${y(seconds)}" x2="${x(seconds)}" y2="${y(0)}" stroke="#333" stroke-width="2" stroke-dasharray="8 6"/>
    <polyline points="${line((moment) => moment.likely)}" fill="none" stroke="#3b82c4" stroke-width="2.5"/>
    ${text([LEFT, 34], 'Seconds left: predicted (blue, with its range) and actual (dashed); the final quarter is grey')}
    ${text([WIDTH / 2, HEIGHT - 16], 'seconds since the batch was begun', 'text-anchor="middle"')}
  </svg>`;
  await sharp(Buffer.from(svg)).png({ palette: true }).toFile(file);
}
