/** Scanned sheets of boards: panels found on drawn paper, whatever its colour and light, and never in a single drawing. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { sheetPanels } from '../../../companion-app/interchange/in/sheet/panels';
import { TestFolder } from './folder';

const frame = (x: number, y: number, inside: string): string =>
  `<g transform="translate(${x} ${y})"><rect width="280" height="160" fill="none" stroke="#2a2420" stroke-width="3"/>${inside}</g>`;
const tree =
  '<path d="M60 150 L90 40 L120 150 Z M0 120 H280" fill="none" stroke="#5a4a40" stroke-width="2"/><circle cx="200" cy="60" r="28" fill="none" stroke="#4a3a30" stroke-width="3"/>';
const rules = (x: number, y: number): string =>
  [0, 26, 52].map((d) => `<path d="M${x} ${y + d} h280" stroke="#77695f" stroke-width="1.5"/>`).join('');
const words = (x: number, y: number): string =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="19" fill="#332b26">she waits by the road 3 sec</text>`;

/** Brown paper, a shadow over it, six frames a little askew, writing that touches one of them; the fourth frame has a gap. */
function scan(): string {
  const at = [0, 1, 2, 3, 4, 5].map((i) => ({ x: 70 + (i % 3) * 340, y: 60 + Math.floor(i / 3) * 380 }));
  const drawn = at.map(({ x, y }, i) => frame(x, y, i === 5 ? '' : tree)).join('');
  const written = at.map(({ x, y }) => rules(x, y + 186) + words(x + 4, y + 178)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="800"><defs><linearGradient id="light"><stop offset="0" stop-color="#c9b6a4"/><stop offset="1" stop-color="#8f8074"/></linearGradient></defs>
    <rect width="1100" height="800" fill="url(#light)"/><g transform="rotate(0.6 550 400)">${drawn}${written}
    <rect x="150" y="433" width="60" height="14" fill="#b3a192"/></g></svg>`;
}

async function page(svg: string | Buffer) {
  const { data, info } = await sharp(typeof svg === 'string' ? Buffer.from(svg) : svg)
    .resize(1200, 1200, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: new Uint8Array(data) };
}

describe('sheetPanels', () => {
  test('finds askew frames with writing around them, the open one too, in reading order', async () => {
    const panels = sheetPanels(await page(scan()));
    expect(panels.map(({ empty }) => empty)).toEqual([false, false, false, false, false, true]);
    const up = 1200 / 1100;
    panels.forEach(({ rect }, i) => {
      const [x, y] = [(70 + (i % 3) * 340) * up, (60 + Math.floor(i / 3) * 380) * up];
      expect(Math.abs(rect.x0 - x)).toBeLessThan(16);
      expect(Math.abs(rect.y0 - y)).toBeLessThan(16);
      expect(Math.abs(rect.x1 - rect.x0 - 280 * up)).toBeLessThan(24);
      expect(Math.abs(rect.y1 - rect.y0 - 160 * up)).toBeLessThan(24);
    });
  });

  test('a drawing is one board: a house with four windows, a frame around all of it, blank paper, a black picture', async () => {
    const windows = [0, 1, 2, 3].map((i) => frame(300 + (i % 2) * 300, 150 + Math.floor(i / 2) * 220, '')).join('');
    const svg = (inside: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="#f4f0e8"/>${inside}</svg>`;
    for (const drawing of [
      svg(`<g transform="translate(300 120) scale(0.6)">${windows}</g>`),
      svg('<rect x="40" y="30" width="1200" height="660" fill="none" stroke="#222" stroke-width="6"/>'),
      svg(''),
      svg('<rect width="1280" height="720" fill="#000"/>'),
    ])
      expect(sheetPanels(await page(drawing))).toEqual([]);
  });

  test('no panel is seen in boards of the demo', async () => {
    for (const name of ['SH020', 'SH030_A']) {
      const picture = await sharp(path.resolve(`examples/boards/${name}.png`))
        .flatten({ background: '#fff' })
        .png()
        .toBuffer();
      expect(sheetPanels(await page(picture))).toEqual([]);
    }
  });
});

describe('a folder of scans', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.remove());

  test('each panel is a shot, in the pages’ order; an empty frame at the end is left out and told', async () => {
    await mkdir(folder.at('scans'));
    for (const name of ['1.jpg', '2.jpg', '10.jpg'])
      await sharp(Buffer.from(scan()))
        .jpeg({ quality: 90 })
        .toFile(folder.at(`scans/${name}`));
    const read = await folder.read('scans');
    expect(read.shots.map((shot) => shot.name)).toEqual(
      ['1', '2', '10'].flatMap((n) => [1, 2, 3, 4, 5].map((p) => `${n} panel ${p}`)),
    );
    expect(read.warnings.map((said) => said.split(' ')[0])).toEqual(['1.jpg', '2.jpg', '10.jpg']);
    expect(read.warnings).toContain(
      '2.jpg is a sheet of 6 framed panels; each became a board, but for 1 empty at its end.',
    );
    const { width, height } = await sharp(read.shots[0]?.boards[0]?.path ?? '').metadata();
    expect(width / height).toBeCloseTo(280 / 160, 0);
  });

  test('a picture named like a shot stays one board', async () => {
    await mkdir(folder.at('scans'));
    await sharp(Buffer.from(scan())).png().toFile(folder.at('scans/SH010_A.png'));
    const read = await folder.read('scans');
    expect(read.shots.map((shot) => shot.boards.map((board) => board.name))).toEqual([['SH010_A.png']]);
  });
});
