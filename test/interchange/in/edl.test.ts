import { RATES } from '../../../shared/shot';
import { outline, TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const LIST = `TITLE: film
FCM: NON-DROP FRAME

001  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00
* FROM CLIP NAME: SH010_A.png
* COMMENT: push in
002  AX       V     C        00:00:00:00 00:00:00:12 01:00:01:00 01:00:01:12
* FROM CLIP NAME: SH010_B
003  AX       V     C        00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00
* FROM CLIP NAME: SH020
* LOC: 01:00:02:10 RED     pan left
`;

describe('CMX 3600', () => {
  test('an edit list with a folder of stills is a storyboard: pictures by clip name, gaps kept, notes and locators read', async () => {
    await folder.pictures('boards/SH010_A.png', 'boards/SH010_B.png', 'boards/SH020.jpg.png');
    folder.write('cut.edl', LIST);
    const story = await folder.read('cut.edl', { rate: RATES['24'] });
    expect(outline(story)).toEqual(['SH010: SH010_A.png 1000 SH010_B.png 500', 'SH020: SH020 2000']);
    expect(story.shots.map((s) => [s.gapMilliseconds, s.boards[0]!.notes])).toEqual([
      [undefined, 'push in'],
      [500, 'pan left'],
    ]);
    expect(story.startFrame).toBe(86400);
  });

  test('a folder with one list and its stills takes order and lengths from the list', async () => {
    await folder.pictures('SH010_A.png', 'SH010_B.png', 'SH020.png');
    folder.write('cut.edl', LIST);
    const story = await folder.read('.', { rate: RATES['24'] });
    expect(outline(story)).toEqual(['SH010: SH010_A.png 1000 SH010_B.png 500', 'SH020: SH020.png 2000']);
    expect(story.warnings).toEqual(['Order and lengths are those of cut.edl.']);
  });

  test.each([
    ['00:00:00:23', 'NON-DROP FRAME', 24, 1],
    ['00:00:00:24', 'NON-DROP FRAME', 25, 1],
    ['00:00:00:29', 'NON-DROP FRAME', 30, 1],
    ['00:00:00;29', 'DROP FRAME', 30000, 1001],
    ['00:00:00;58', 'DROP FRAME', 60000, 1001],
  ])('a list that counts to %s (%s) runs at %i/%i', async (end, count, num, den) => {
    const t = await folder.timeline(
      'a.edl',
      `TITLE: a\nFCM: ${count}\n001 AX V C 00:00:00:00 ${end} 00:00:00:00 ${end}\n`,
    );
    expect(t.rate).toEqual({ num, den });
  });

  test('tracks lie in the order of their numbers', async () => {
    const events = ['V10', 'V2', 'V', 'A2', 'A10'].map(
      (channel, i) => `00${i + 1} AX ${channel} C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n`,
    );
    const { tracks } = await folder.timeline('a.edl', `TITLE: a\n\n${events.join('')}`);
    expect(tracks.map(({ name }) => name)).toEqual(['V1', 'V2', 'V10', 'A2', 'A10']);
  });

  test('drop-frame two hours in is exact, and a number that drop-frame skips is told', async () => {
    const t = await folder.timeline(
      'a.edl',
      'TITLE: a\nFCM: DROP FRAME\n001 AX V C 00:00:00;00 00:00:01;00 01:59:59;29 02:00:00;00\n002 AX V C 00:00:00;00 00:00:01;00 02:01:00;00 02:01:01;00\n',
    );
    expect(t.startFrame + t.tracks[0]!.clips[0]!.start).toBe(2 * 107892 - 1);
    expect(t.warnings.join(' ')).toContain('drop-frame skips it');
  });

  test('dissolves, black, sound and marker lists are what they are', async () => {
    const t = await folder.timeline(
      'a.edl',
      `TITLE: a
001  A001 AA/V  C        00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00
002  A001 V     C        00:00:01:00 00:00:01:00 00:00:01:00 00:00:01:00
002  B001 V     D    012 00:00:05:00 00:00:06:00 00:00:01:00 00:00:02:00
* FROM CLIP NAME: one
* TO CLIP NAME: two
003  BL   V     C        00:00:00:00 00:00:01:00 00:00:02:00 00:00:03:00
004  001  V     C        00:00:03:00 00:00:03:01 00:00:03:00 00:00:03:01
 |C:ResolveColorBlue |M:whip right |D:1
`,
    );
    expect(t.tracks.map((x) => [x.name, x.clips.map((c) => [c.name, c.start, c.frames])])).toEqual([
      [
        'V1',
        [
          ['A001', 0, 24],
          ['two', 24, 24],
        ],
      ],
      ['A1', [['A001', 0, 24]]],
      ['A2', [['A001', 0, 24]]],
    ]);
    expect(t.markers).toEqual([{ frame: 72, frames: 0, name: 'whip right', comment: '' }]);
  });

  test('an event whose times stand on a line of their own is one event', async () => {
    const t = await folder.timeline(
      'a.edl',
      `TITLE: a
001  CLIP_A   V     C        01:00:04:00 01:00:05:00 00:00:00:00 00:00:01:00
002  CLIP_B   V     W001    030
     01:00:06:00 01:00:07:00 00:00:01:00 00:00:02:00
* FROM CLIP NAME: second
003  CLIP_C   V     C        01:00:10:00 01:00:11:00 00:00:02:00 00:00:03:00
`,
    );
    expect(t.tracks.map((x) => x.clips.map((c) => [c.name, c.start, c.frames, c.sourceIn]))).toEqual([
      [
        ['CLIP_A', 0, 24, 86_400 + 96],
        ['second', 24, 24, 86_400 + 144],
        ['CLIP_C', 48, 24, 86_400 + 240],
      ],
    ]);
    expect(t.warnings.join(' ')).not.toContain('cannot be read');
  });

  test.each(['TITLE: x\n', 'hello', '001 AX V C 99:99:99:99 00:00:00:00 00:00:00:00 99:00:99:00'])(
    '%j is refused in words',
    async (text) => {
      await expect(folder.timeline('a.edl', text)).rejects.toMatchObject({ problem: { code: 'board-unreadable' } });
    },
  );
});
