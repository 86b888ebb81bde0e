import sharp from 'sharp';
import { BoardFiles } from '../../../companion-app/daemon/animate/board-files';
import { decodeBoard, layerBoard } from '../../../companion-app/media';
import { outline, TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

/** A clear sheet with one block of colour in it. */
async function layer(name: string, colour: string, left: number, alpha = 1): Promise<void> {
  const block = await sharp({ create: { width: 20, height: 30, channels: 4, background: colour } })
    .ensureAlpha(alpha)
    .png()
    .toBuffer();
  const sheet = sharp({ create: { width: 80, height: 45, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  folder.write(
    `images/${name}`,
    await sheet
      .composite([{ input: block, left, top: 8 }])
      .png()
      .toBuffer(),
  );
}

const project = (boards: unknown[], top: object = {}): string =>
  folder.write(
    'film.storyboarder',
    JSON.stringify({ version: '3.0.0', aspectRatio: 1.7778, fps: 24, defaultBoardTiming: 2000, ...top, boards }),
  );

describe('a Storyboarder project', () => {
  test('from before 1.6 keeps its drawing between the reference below and the notes above', async () => {
    await layer('board-1-A.png', '#000000', 10);
    await layer('board-1-A-reference.png', '#ff0000', 0);
    await layer('board-1-A-notes.png', '#0000ff', 40);
    project(
      [
        {
          url: 'board-1-A.png',
          newShot: true,
          layers: { notes: { url: 'board-1-A-notes.png' }, reference: { url: 'board-1-A-reference.png' } },
        },
      ],
      { version: '0.7.0' },
    );
    const story = await folder.read('film.storyboarder');
    expect(story.shots[0]!.boards[0]!.layers.map((l) => [l.name, l.opacity])).toEqual([
      ['reference', 0.75],
      ['fill', 1],
      ['notes', 1],
    ]);
  });

  test('drawings of a board that has a fill layer of its own are not laid in twice', async () => {
    await layer('b.png', '#000000', 10);
    await layer('b-fill.png', '#00ff00', 10);
    await layer('b-ink.png', '#00ffff', 10);
    project([{ url: 'b.png', layers: { fill: { url: 'b-fill.png' }, ink: { url: 'b-ink.png' } } }]);
    const story = await folder.read('film.storyboarder');
    expect(story.shots[0]!.boards[0]!.layers.map((l) => l.path)).toEqual([
      folder.at('images', 'b-fill.png'),
      folder.at('images', 'b-ink.png'),
    ]);
  });

  test('is found in its folder; a linked PSD or the preview stands in where the drawing is gone, and that is told', async () => {
    folder.write('images/a.psd', 'x');
    folder.write('images/b-posterframe.jpg', 'x');
    project([{ url: 'a.png', link: 'a.psd' }, { url: 'b.png', layers: {} }, { url: 'c.png' }]);
    const story = await folder.read();
    expect(story.shots.flatMap((s) => s.boards.map((b) => b.path))).toEqual([
      folder.at('images', 'a.psd'),
      folder.at('images', 'b-posterframe.jpg'),
      undefined,
    ]);
    expect(story.warnings).toEqual([
      'Board 2: only its preview picture is left and stands for it.',
      'Board 3 has no picture (c.png): it is blank paper.',
    ]);
  });

  test.each([
    [{ duration: '1500' }, 1500],
    [{ duration: 1500.5 }, 1500.5],
    [{ duration: 0 }, 1800],
    [{ duration: '' }, 1800],
    [{ duration: 'x' }, 1800],
    [{ duration: null }, 1800],
    [{ duration: -5 }, 1800],
    [{ duration: 1e30 }, 1800],
    [{ time: 99999, number: 7 }, 1800],
    [{}, 1800],
  ])('%j lasts %d', async (board, wanted) => {
    project([{ url: 'a.png', ...board }], { defaultBoardTiming: '1800' });
    expect((await folder.read('film.storyboarder')).shots[0]!.boards[0]!.milliseconds).toBe(wanted);
  });

  test('sounds start where their boards do, whatever `time` says; missing ones are told', async () => {
    folder.write('images/a.wav', 'x');
    project([
      { url: 'a.png', duration: '500', time: 4000 },
      { url: 'b.png', time: 0, audio: { filename: 'a.wav', duration: '900' } },
      { url: 'c.png', audio: { filename: 'gone.wav' } },
      { url: 'd.png', audio: null },
    ]);
    const story = await folder.read('film.storyboarder');
    expect(story.sounds).toEqual([{ path: folder.at('images', 'a.wav'), startMilliseconds: 500, milliseconds: 900 }]);
    expect(story.warnings.filter((w) => w.includes('sound'))).toEqual(['Board 3: its sound gone.wav is missing.']);
    // No board begins a shot: each is one, as Storyboarder's own numbers have it.
    expect(outline(story)).toEqual(['SH010: a.png 500', 'SH020: b.png 2000', 'SH030: c.png 2000', 'SH040: d.png 2000']);
  });
});

describe('layers on their way to the engines', () => {
  test('stay apart in one file whose flattened picture is the board, byte for byte; the same layers make the same file', async () => {
    await layer('reference.png', '#c83232', 0);
    await layer('fill.png', '#32c832', 15, 0.5);
    await layer('ink.png', '#101010', 50);
    const layers = ['reference', 'fill', 'ink'].map((name) => ({
      name,
      path: folder.at('images', `${name}.png`),
      opacity: name === 'reference' ? 0.75 : 1,
    }));
    const first = await layerBoard(layers, { width: 10, height: 10 });
    const again = await layerBoard(layers, { width: 10, height: 10 });
    expect(first.psd!.equals(again.psd!)).toBe(true);
    folder.write('board.psd', first.psd!);
    folder.write('board.png', first.png);
    const [layered, flat] = [await decodeBoard(folder.at('board.psd')), await decodeBoard(folder.at('board.png'))];
    expect(Buffer.from(layered.rgb).equals(Buffer.from(flat.rgb))).toBe(true);
    expect(layered.layers!.map((l) => l.name)).toEqual(['reference', 'fill', 'ink']);
    // Laid over each other on white, the layers give the board again, to a rounding.
    const sum = layered.rgb.map(() => 255);
    for (const { rgba } of layered.layers!)
      for (let i = 0; i < layered.width * layered.height; i++)
        for (let c = 0; c < 3; c++)
          sum[3 * i + c] = Math.round(
            (rgba[4 * i + c]! * rgba[4 * i + 3]! + sum[3 * i + c]! * (255 - rgba[4 * i + 3]!)) / 255,
          );
    expect(Math.max(...sum.map((v, i) => Math.abs(v - layered.rgb[i]!)))).toBeLessThanOrEqual(2);
  });

  test('a board’s job gets the layered file, people get the picture; one layer needs no layered file', async () => {
    await layer('board-1-A-fill.png', '#000000', 10);
    await layer('board-1-A-ink.png', '#ff0000', 40);
    project([
      { url: 'board-1-A.png', layers: { fill: { url: 'board-1-A-fill.png' }, ink: { url: 'board-1-A-ink.png' } } },
      { url: 'b.png', layers: { ink: { url: 'board-1-A-ink.png' } } },
    ]);
    const story = await folder.read('film.storyboarder');
    const files = new BoardFiles(folder.at('boards'), 16 / 9);
    const [two, one] = story.shots.flatMap((shot) => shot.boards);
    expect(await files.of(two!)).toMatchObject({
      path: folder.at('boards', 'board-1.psd'),
      picture: folder.at('boards', 'board-1.png'),
    });
    expect(await files.of(one!)).toMatchObject({ path: folder.at('images', 'board-1-A-ink.png') });
  });
});
