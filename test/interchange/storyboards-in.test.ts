import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readStoryboard } from '../../companion-app/interchange/in';
import { naturalOrder, parseBoardName } from '../../shared/shot';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inbetween-in-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wish = () => ({ pictures: path.join(folder, 'out') });

const touch = (name: string, text = 'x'): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

describe('names on slates', () => {
  test.each([
    ['SH010.png', 'SH010', '', ''],
    ['SH010_A.png', 'SH010', 'A', ''],
    ['SH030-2.psd', 'SH030', '2', ''],
    ['sc02_sh030_B whip R to the door.png', 'sc02_sh030', 'B', 'whip R to the door'],
    ['SH020 a slow push.png', 'SH020', '', 'a slow push'],
    ['SH020 A', 'SH020', 'A', ''],
    ['12B pan left.jpg', '12B', '', 'pan left'],
    ['SH040 panel 3 tilt up', 'SH040', '3', 'tilt up'],
    ['SH050_10f hold.png', 'SH050', '', '10f hold'],
    ['kitchen.png', 'kitchen', '', ''],
    ['', 'Untitled', '', ''],
  ])('%s', (name, shot, board, words) => {
    expect(parseBoardName(name)).toMatchObject({ shot, board, words });
  });

  test('any name can be read, and ordering is total', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        parseBoardName(a);
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
      }),
    );
  });
});

describe('a folder of boards', () => {
  test('comes in natural order, boards of one shot together, notes from names and text files', async () => {
    for (const name of ['SH10.png', 'SH2_B.png', 'SH2_A.png', 'SH1 slow push.jpg', '.hidden.png', 'readme.md'])
      touch(name);
    touch('SH10.txt', 'pan left');
    const board = await readStoryboard(folder, wish());
    expect(board.shots.map((s) => [s.name, s.boards.map((b) => b.name)])).toEqual([
      ['SH1', ['SH1 slow push.jpg']],
      ['SH2', ['SH2_A.png', 'SH2_B.png']],
      ['SH10', ['SH10.png']],
    ]);
    expect(board.shots.map((s) => s.boards[0]!.notes)).toEqual(['slow push', '', 'pan left']);
  });

  test('without a picture is an error that says what to do', async () => {
    await expect(readStoryboard(folder, wish())).rejects.toMatchObject({
      problem: { code: 'board-missing', action: expect.stringContaining('PNG') as string },
    });
    await expect(readStoryboard(path.join(folder, 'nowhere'), wish())).rejects.toMatchObject({
      problem: { code: 'board-missing' },
    });
  });
});

describe('a Storyboarder project', () => {
  const project = (boards: unknown[], top: object = {}): string => {
    touch(
      'film.storyboarder',
      JSON.stringify({ version: '3.0.0', aspectRatio: '2.35', fps: 24, defaultBoardTiming: 1800, ...top, boards }),
    );
    return path.join(folder, 'film.storyboarder');
  };

  test('groups boards into shots, orders layers, and reads durations as people left them', async () => {
    for (const name of ['a-pencil.png', 'a-fill.png', 'a-reference.png', 'b.png', 'line.wav']) touch(`images/${name}`);
    const story = await readStoryboard(
      project([
        {
          newShot: false,
          duration: '1500',
          url: 'a.png',
          notes: 'push in',
          layers: {
            pencil: { url: 'a-pencil.png', opacity: 0.2 },
            fill: { url: 'a-fill.png' },
            reference: { url: 'a-reference.png' },
            ink: { url: 'gone.png' },
          },
          audio: { filename: 'line.wav', duration: 900 },
        },
        { newShot: false, url: 'b.png', duration: 0 },
        { newShot: true, url: 'missing.png', dialogue: 'Hello' },
      ]),
      wish(),
    );
    expect(story).toMatchObject({ name: 'film', aspect: 2.35, fps: 24 });
    expect(story.shots.map((s) => s.boards.map((b) => b.milliseconds))).toEqual([[1500, 1800], [1800]]);
    expect(story.shots[0]!.boards[0]!.layers.map((l) => [l.name, l.opacity])).toEqual([
      ['reference', 0.75],
      ['fill', 1],
      ['pencil', 1],
    ]);
    expect(story.shots[0]!.boards[1]!.path).toBe(path.join(folder, 'images', 'b.png'));
    expect(story.sounds).toEqual([
      { path: path.join(folder, 'images', 'line.wav'), startMilliseconds: 0, milliseconds: 900 },
    ]);
    expect(story.warnings.join(' ')).toMatch(/gone\.png.*missing\.png/s);
  });

  test('never follows a name out of its images folder', async () => {
    touch('secret.png');
    const story = await readStoryboard(
      project([{ url: '../secret.png', newShot: true, layers: { fill: { url: '..\\secret.png' } } }]),
      wish(),
    );
    expect(story.shots[0]!.boards[0]!.path).toBeUndefined();
    expect(story.shots[0]!.boards[0]!.layers).toEqual([]);
  });

  test.each(['', '{', '[]', '{"boards":[]}', 'null'])('that is %j is refused in words', async (text) => {
    touch('film.storyboarder', text);
    await expect(readStoryboard(path.join(folder, 'film.storyboarder'), wish())).rejects.toMatchObject({
      problem: { code: 'board-unreadable' },
    });
  });
});
