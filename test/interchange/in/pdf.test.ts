import sharp from 'sharp';
import { outline, TestFolder } from './folder';
import { pdfFile } from './pdf-file';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const A4 = { width: 595, height: 842 };

describe('boards in a PDF', () => {
  test('each page is a board, rendered large, with its text as the note', async () => {
    const wide = { width: 960, height: 540 };
    folder.write(
      'boards.pdf',
      pdfFile([
        { ...wide, texts: [[40, 500, 'SH010 slow push in']] },
        { ...wide, texts: [[40, 500, 'hold']] },
      ]),
    );
    const story = await folder.read('boards.pdf');
    expect(outline(story)).toEqual(['SH010: page-1.png -', 'page 2: page-2.png -']);
    expect(story.shots.map((s) => s.boards[0]!.notes)).toEqual(['slow push in', 'hold']);
    const meta = await sharp(story.shots[0]!.boards[0]!.path).metadata();
    expect([meta.width, meta.height]).toEqual([2880, 1620]);
  });

  test('panels framed on a page are cut out, row by row, each with the text below it', async () => {
    const frames = [40, 310]
      .flatMap((x) => [60, 320, 580].map((y) => [x, y, 240, 135] as const))
      .sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    const texts = frames.flatMap(([x, y], i) => [
      [x, y + 150, `SH0${i + 1}0`] as const,
      [x, y + 163, `Action: she walks ${i + 1}`] as const,
      [x, y + 176, `Camera: pan left ${i + 1}`] as const,
    ]);
    folder.write('boards.pdf', pdfFile([{ ...A4, frames, texts: [[250, 30, 'EPISODE 1'], ...texts] }]));
    const story = await folder.read('boards.pdf');
    expect(outline(story)).toEqual([1, 2, 3, 4, 5, 6].map((i) => `SH0${i}0: page-1-panel-${i}.png -`));
    expect(story.shots.map((s) => [s.boards[0]!.action, s.boards[0]!.notes])).toEqual(
      [1, 2, 3, 4, 5, 6].map((i) => [`she walks ${i}`, `pan left ${i}`]),
    );
    expect(story.warnings).toEqual(['Page 1 holds 6 framed panels; each became a board.']);
    const meta = await sharp(story.shots[0]!.boards[0]!.path).metadata();
    expect(meta.width / meta.height).toBeCloseTo(240 / 135, 1);
  });

  test('pictures without a frame are panels too, and text may stand beside them', async () => {
    const pictures = [60, 320, 580].map((y) => [40, y, 260, 146] as const);
    const texts = pictures.map(([, y], i) => [330, y + 40, `tilt up ${i + 1}`] as const);
    folder.write('boards.pdf', pdfFile([{ ...A4, pictures, texts }]));
    const story = await folder.read('boards.pdf');
    expect(story.shots.map((s) => s.boards[0]!.notes)).toEqual(['tilt up 1', 'tilt up 2', 'tilt up 3']);
  });

  test('a border around the page is no panel, nor is a small logo', async () => {
    const frames = [
      [10, 10, 575, 822],
      [60, 100, 220, 124],
      [315, 100, 220, 124],
      [500, 20, 60, 40],
    ] as const;
    folder.write('boards.pdf', pdfFile([{ ...A4, frames }]));
    expect((await folder.read('boards.pdf')).shots).toHaveLength(2);
  });

  test.each([
    ['not a PDF', 'hello'],
    ['cut short', '%PDF-1.4\n1 0 obj\n<< /Type /Catalog'],
    ['empty', ''],
  ])('what is %s is refused in words', async (_, text) => {
    folder.write('boards.pdf', text);
    await expect(folder.read('boards.pdf')).rejects.toMatchObject({
      problem: { code: 'board-unreadable', action: expect.any(String) as string },
    });
  });
});
