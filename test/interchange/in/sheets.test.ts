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

async function page(svg: string | Buffer, side = 1200) {
  const { data, info } = await sharp(typeof svg === 'string' ? Buffer.from(svg) : svg)
    .resize(side, side, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: new Uint8Array(data) };
}

/** Pages of this size show as much in less time. */
const SMALL = 700;

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
      expect(sheetPanels(await page(drawing, SMALL))).toEqual([]);
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

/** Six frames on a sheet of 1100 × 800, in `ink` on `paper`. */
function sheet(paper: string, ink: string, extra = ''): string {
  const at = [0, 1, 2, 3, 4, 5].map((i) => ({ x: 70 + (i % 3) * 340, y: 60 + Math.floor(i / 3) * 380 }));
  const one = at.map(
    ({ x, y }, i) =>
      `<rect x="${x}" y="${y}" width="280" height="160" fill="none" stroke="${ink}" stroke-width="3"/><path d="M${x + 40} ${y + 140} l40 -90 l50 80" fill="none" stroke="${ink}" stroke-width="3"/><circle cx="${x + 180 + 8 * i}" cy="${y + 70}" r="28" fill="none" stroke="${ink}" stroke-width="3"/>`,
  );
  return `<rect width="1100" height="800" fill="${paper}"/>${one.join('')}${extra}`;
}

/** Cards full of colour without any frame. */
const cards = (): string =>
  [0, 1, 2, 3, 4, 5]
    .map((i) => {
      const [x, y] = [70 + (i % 3) * 340, 60 + Math.floor(i / 3) * 380];
      return `<rect x="${x}" y="${y}" width="280" height="160" fill="hsl(${i * 50} 60% 55%)"/><circle cx="${x + 150}" cy="${y + 80}" r="40" fill="#222"/>`;
    })
    .join('');

const onTable = (inside: string, transform: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="1000"><defs><linearGradient id="light" x2="1" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.45"/></linearGradient></defs>
  <rect width="1300" height="1000" fill="#3a2a20"/><g transform="${transform}">${inside}</g><rect width="1300" height="1000" fill="url(#light)"/></svg>`;

const alone = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="800">${inside}</svg>`;

describe('sheets as they are photographed', () => {
  test.each([
    ['on a dark table, a shadow over it', onTable(sheet('#efe9dc', '#333'), 'translate(90 90)')],
    ['in pencil', onTable(sheet('#e9e4da', '#b5afa6'), 'translate(100 100)')],
    ['askew on the table', onTable(sheet('#efe9dc', '#333'), 'translate(130 40) rotate(6)')],
    ['at an angle', onTable(sheet('#efe9dc', '#333'), 'matrix(1 0.05 -0.08 0.95 150 60)')],
    ['white on black', alone(sheet('#101010', '#f2f2f2'))],
    ['grey on toned black', alone(sheet('#2c2a28', '#9a958e'))],
    ['coloured cards on black', alone(sheet('#15151a', '#15151a', cards()))],
  ])('six panels %s', async (_how, svg) => {
    const panels = sheetPanels(await page(svg, SMALL));
    expect(panels.map(({ empty }) => empty)).toEqual([false, false, false, false, false, false]);
  });

  test('a panel photographed askew stands upright when it is cut', async () => {
    const folder = new TestFolder();
    try {
      folder.write(
        'scan.png',
        await sharp(Buffer.from(onTable(sheet('#efe9dc', '#333'), 'translate(130 40) rotate(6)')))
          .png()
          .toBuffer(),
      );
      const read = await folder.read('scan.png');
      expect(read.shots).toHaveLength(6);
      const { data, info } = await sharp(read.shots[0]?.boards[0]?.path ?? '')
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(Math.abs(info.width / info.height - 280 / 160)).toBeLessThan(0.1);
      // No wedge of frame or table is left at any edge.
      const [w, h] = [info.width, info.height];
      const edge = [...Array(w).keys()].flatMap((x) => [data[x] ?? 0, data[(h - 1) * w + x] ?? 0]);
      expect(edge.filter((value) => value < 120).length).toBeLessThan(edge.length / 50);
    } finally {
      folder.remove();
    }
  });

  test('drawings with windows, screens, picture frames and a comic’s page in them stay one board; two panels are a sheet when somebody says so', async () => {
    const box = (x: number, y: number, w: number, h: number): string =>
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#222" stroke-width="4"/>`;
    const row = (n: number, x: number, y: number, w: number, h: number, step: number): string =>
      [...Array(n).keys()].map((i) => box(x + i * step, y, w, h)).join('');
    const wide = (inside: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="#f6f2ea"/>${inside}</svg>`;
    const drawings = [
      wide(row(5, 120, 200, 130, 180, 220) + '<path d="M0 560 H1280" stroke="#222" stroke-width="4"/>'),
      wide(row(4, 150, 120, 150, 110, 260) + row(4, 150, 300, 150, 110, 260)),
      wide(
        row(3, 200, 240, 220, 140, 320) +
          '<circle cx="640" cy="560" r="90" fill="none" stroke="#222" stroke-width="5"/>',
      ),
      wide(
        box(380, 60, 520, 620) +
          row(2, 410, 90, 220, 170, 240) +
          row(2, 410, 290, 220, 170, 240) +
          row(2, 410, 490, 220, 170, 240),
      ),
      alone('<rect width="1100" height="800" fill="#f4efe4"/>' + row(3, 250, 300, 140, 120, 220)),
    ];
    for (const drawing of drawings) expect(sheetPanels(await page(drawing, SMALL))).toEqual([]);
    const pair = alone('<rect width="1100" height="800" fill="#f4efe4"/>' + row(2, 150, 250, 320, 200, 420));
    expect([sheetPanels(await page(pair, SMALL)).length, sheetPanels(await page(pair, SMALL), true).length]).toEqual([
      0, 2,
    ]);
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

  test('panels and pages of pictures of one name, in two folders, are kept apart', async () => {
    for (const [place, colour] of [
      ['mon', '#f4d0d0'],
      ['tue', '#d0d0f4'],
    ] as const) {
      const frames = [30, 240].map((x) => `<rect x="${x}" y="60" width="160" height="100" fill="none" stroke="#222"/>`);
      const pair = `<svg xmlns="http://www.w3.org/2000/svg" width="440" height="320"><rect width="440" height="320" fill="${colour}"/><g stroke-width="3">${frames.join('')}</g><path d="M60 140 L110 80 L160 140 M270 140 L320 80 L370 140" fill="none" stroke="#222" stroke-width="3"/></svg>`;
      folder.write(`sheets/${place}/1.png`, await sharp(Buffer.from(pair)).png().toBuffer());
      const pages = [await folder.picture('first.png', colour), await folder.picture('second.png', '#ffffff')];
      const tiff = await sharp(pages, { join: { animated: true } })
        .tiff()
        .toBuffer();
      folder.write(`scans/${place}/1.tif`, tiff);
    }
    for (const name of ['sheets', 'scans']) {
      const { shots } = await folder.read(name, { sheets: name === 'sheets' ? 'cut' : 'auto' });
      const files = shots.flatMap(({ boards }) => boards.map((board) => board.path ?? ''));
      expect(new Set(files).size).toBe(4);
      const corner = async (file = ''): Promise<number> =>
        (await sharp(file).raw().toBuffer({ resolveWithObject: true })).data[0] ?? 0;
      expect([await corner(files[0]), await corner(files[2])]).toEqual([0xf4, 0xd0]);
    }
  });

  test('a picture named like a shot stays one board', async () => {
    await mkdir(folder.at('scans'));
    await sharp(Buffer.from(scan())).png().toFile(folder.at('scans/SH010_A.png'));
    const read = await folder.read('scans');
    expect(read.shots.map((shot) => shot.boards.map((board) => board.name))).toEqual([['SH010_A.png']]);
  });
});
