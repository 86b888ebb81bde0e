/** What is burnt in near an edge is told; a drawn line that the codec softens there is not taken for it. */
import sharp from 'sharp';
import { safeAreaCheck } from '../../companion-app/review/board/safe-area';
import type { Picture } from '../../companion-app/media';

const SIZE = { width: 320, height: 180 };
const lines =
  '<path d="M2 120 L60 178 M8 4 V176 M300 6 H318" stroke="#222" stroke-width="2" fill="none"/><rect x="4" y="140" width="50" height="36" fill="#ddd" stroke="#111" stroke-width="2"/>';
const plate = (x: number, y: number): string =>
  `<rect x="${x}" y="${y}" width="60" height="16" fill="#666"/><rect x="${x + 6}" y="${y + 4}" width="48" height="8" fill="#fff"/>`;

async function picture(inside: string, soft = 0): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="#fafafa"/>${inside}</svg>`;
  const drawn = sharp(Buffer.from(svg)).removeAlpha();
  const rgb = await (soft > 0 ? drawn.blur(soft) : drawn).raw().toBuffer();
  return { ...SIZE, rgb: new Uint8Array(rgb) };
}

test.each([0.6, 0.9, 1.4])('lines at the edge softened by %p leave the words in the middle safe', async (soft) => {
  const check = safeAreaCheck(await picture(lines), await picture(lines + plate(130, 20), soft), 24);
  expect(check).toMatchObject({ ok: true, detail: 'What is burnt in keeps the title-safe area.' });
});

test('words at the edge are told, softened or not', async () => {
  for (const soft of [0, 0.9]) {
    const check = safeAreaCheck(await picture(lines), await picture(lines + plate(130, 2), soft), 24);
    expect([check.ok, check.detail]).toEqual([false, expect.stringContaining('to an edge')]);
  }
});

test('burn-ins that are not there are told', async () => {
  expect(safeAreaCheck(await picture(lines), await picture(lines, 0.6), 24)).toMatchObject({ ok: false });
});
