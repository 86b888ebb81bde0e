import fc from 'fast-check';
import {
  conform,
  conformedCsv,
  conformStoryboarder,
  readEdited,
  reportHtml,
  reportText,
  verdict,
} from '../../../companion-app/interchange/conform';
import { steady } from '../../../companion-app/interchange/conform/compare';
import { writeEdl, writeFcp7Xml, writeOtio } from '../../../companion-app/interchange/out';
import type { Timeline } from '../../../companion-app/interchange/timeline';
import { RATES } from '../../../shared/shot';
import { TestFolder } from '../in/folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const TEXT = `{
  "version": "2.0.1",
  "aspectRatio": 1.7777777777777777,
  "fps": 24.0,
  "defaultBoardTiming": 2000,
  "custom": {"keep":  [1, 2.50, "\\u00e9 }{"]},
  "boards": [
    {
      "uid": "AAAA1",
      "url": "board-1-AAAA1.png",
      "newShot": true,
      "number": 1, "shot": "1A", "time": 0,
      "duration": "1000",
      "odd": 1e3
    },
    {
      "uid": "BBBB2",
      "url": "board-2-BBBB2.png",
      "newShot": false,
      "number": 2,
      "shot": "1B",
      "time": 99,
      "notes": "pan \\"left\\", then [hold]"
    },
    {
      "uid": "CCCC3",
      "url": "board-3-CCCC3.png",
      "newShot": true,
      "number": 3,
      "shot": "2A",
      "time": 3000,
      "duration": 500
    }
  ]
}
`;

async function project(): Promise<void> {
  await folder.pictures('images/board-1-AAAA1.png', 'images/board-2-BBBB2.png', 'images/board-3-CCCC3.png');
  folder.write('film.storyboarder', TEXT);
}

interface Cut {
  name: string;
  frames: number;
  file?: string;
  sourceIn?: number;
  mediaFrames?: number;
  /** As OTIO's time warp. */
  speed?: number;
}

/** The OTIO of an edit, with its speeds. */
function otioOf(cuts: readonly Cut[]): string {
  const speeds = cuts.map((cut) => cut.speed ?? 1);
  let n = 0;
  return writeOtio(timeline(cuts)).replaceAll('"effects": [],\n            "markers"', (empty) => {
    const speed = speeds[n++] ?? 1;
    return speed === 1 ? empty : empty.replace('[]', `[{"OTIO_SCHEMA":"LinearTimeWarp.1","time_scalar":${speed}}]`);
  });
}

/** An edit as one track of clips; a name of '' is a gap. */
function timeline(cuts: readonly Cut[]): Timeline {
  let at = 0;
  const clips = cuts.flatMap((cut) => {
    const start = at;
    at += cut.frames;
    if (cut.name === '') return [];
    const file = folder.at(cut.file ?? `images/${cut.name}.png`);
    const media = {
      path: file,
      kind: /\.mov$/.test(file) ? ('movie' as const) : ('still' as const),
      frames: cut.mediaFrames ?? cut.frames + (cut.sourceIn ?? 0),
    };
    return [
      {
        name: cut.name,
        start,
        frames: cut.frames,
        sourceIn: cut.sourceIn ?? 0,
        media,
        takes: [],
        markers: [],
        enabled: true,
        facts: {},
      },
    ];
  });
  return {
    name: 'edit',
    rate: RATES['24'],
    dropFrame: false,
    size: { width: 1920, height: 1080 },
    startFrame: 0,
    markers: [],
    tracks: [{ name: 'V1', kind: 'video', clips }],
  };
}

const [A, B, C] = ['board-1-AAAA1', 'board-2-BBBB2', 'board-3-CCCC3'] as const;
const said = (rows: readonly { change: string; was: number | null; use: { frames: number } }[]): unknown =>
  rows.map((r) => [r.was, r.change, r.use.frames]);

async function conformed(cuts: readonly Cut[]) {
  await project();
  folder.write('edit.otio', otioOf(cuts));
  return conform(await folder.read('film.storyboarder'), await readEdited(folder.at('edit.otio')));
}

describe('an edit against its storyboard', () => {
  test('untouched, everything is kept and the project stays as it was, byte for byte but for its wrong times', async () => {
    const result = await conformed([
      { name: A, frames: 24 },
      { name: B, frames: 48 },
      { name: C, frames: 12 },
    ]);
    expect(said(result.rows)).toEqual([
      [1, 'kept', 24],
      [2, 'kept', 48],
      [3, 'kept', 12],
    ]);
    expect(conformStoryboarder(TEXT, result)!.text).toBe(TEXT.replace('"time": 99', '"time": 1000'));
  });

  test('new order, lengths, a deletion, a duplicate, a stranger and a gap are each told', async () => {
    const result = await conformed([
      { name: C, frames: 12 },
      { name: '', frames: 10 },
      { name: A, frames: 30 },
      { name: 'title', frames: 6, file: 'title.png' },
      { name: A, frames: 24 },
    ]);
    expect(said(result.rows)).toEqual([
      [3, 'moved', 12],
      [1, 'retimed', 30],
      [null, 'added', 6],
      [1, 'duplicated', 24],
    ]);
    expect(result.deleted.map((p) => p.board.name)).toEqual([`${B}.png`]);
    expect([result.gapFrames, result.frames, result.framesWere]).toEqual([10, 82, 84]);
    expect(verdict(result)).toBe(
      '1 retimed, 1 moved, 1 duplicated, 1 added, 1 deleted; 82 frames (3.4 s), -2 against the storyboard.',
    );
    expect(reportText(result).join('\n')).toContain('deleted: SH010 board-2-BBBB2.png (was 2, 48 f)');
  });

  test('the project takes the new order and lengths; all else of each board stays as it was written', async () => {
    const result = await conformed([
      { name: C, frames: 12 },
      { name: B, frames: 36 },
      { name: A, frames: 24 },
      { name: B, frames: 12 },
    ]);
    const { text } = conformStoryboarder(TEXT, result)!;
    const json = JSON.parse(text) as { custom: unknown; boards: Record<string, unknown>[] };
    expect(json.boards.map((b) => [b.uid, b.newShot, b.number, b.shot, b.time, b.duration])).toEqual([
      ['CCCC3', true, 1, '1A', 0, 500],
      ['BBBB2', true, 2, '2A', 500, 1500],
      ['AAAA1', false, 3, '2B', 2000, '1000'],
      [expect.stringMatching(/^[0-9A-Z]{5}$/), false, 4, '2C', 3000, 500],
    ]);
    expect(json.boards[3]).toMatchObject({ url: 'board-2-BBBB2.png', notes: 'pan "left", then [hold]' });
    expect(text.slice(0, text.indexOf('"boards"'))).toBe(TEXT.slice(0, TEXT.indexOf('"boards"')));
    expect(text).toContain('"odd": 1e3');
    // Read again, it is the edit.
    folder.write('new/film.storyboarder', text);
    const again = await folder.read('new/film.storyboarder');
    expect(again.shots.map((s) => s.boards.map((b) => [b.name, b.milliseconds]))).toEqual([
      [['board-3-CCCC3.png', 500]],
      [
        ['board-2-BBBB2.png', 1500],
        ['board-1-AAAA1.png', 1000],
        ['board-2-BBBB2.png', 500],
      ],
    ]);
  });

  test('a project in which no board begins a shot gets none, and numbers its boards one by one', async () => {
    await project();
    const plain = TEXT.replaceAll('"newShot": true', '"newShot": false');
    folder.write('film.storyboarder', plain);
    folder.write(
      'edit.otio',
      writeOtio(
        timeline([
          { name: C, frames: 12 },
          { name: A, frames: 24 },
          { name: B, frames: 48 },
        ]),
      ),
    );
    const result = conform(await folder.read('film.storyboarder'), await readEdited(folder.at('edit.otio')));
    const { boards } = JSON.parse(conformStoryboarder(plain, result)!.text) as { boards: Record<string, unknown>[] };
    expect(boards.map((b) => [b.uid, b.shot, b.newShot])).toEqual([
      ['CCCC3', '1A', false],
      ['AAAA1', '2A', false],
      ['BBBB2', '3A', false],
    ]);
  });

  test('a take of a shot stands for its boards, trimmed where it is trimmed; a razor cut through a board changes nothing', async () => {
    const take = { name: 'SH010', file: 'SH010_t02_0123456789ab.mov' };
    const result = await conformed([
      { ...take, sourceIn: 6, frames: 90 },
      { name: C, frames: 5 },
      { name: C, frames: 7, sourceIn: 5 },
    ]);
    expect(said(result.rows)).toEqual([
      [1, 'retimed', 18],
      [2, 'retimed', 72],
      [3, 'kept', 12],
    ]);
  });

  test('a take with handles begins where its shot does, untrimmed and trimmed alike', async () => {
    const take = { name: 'SH010', file: 'SH010_t02_0123456789ab.mov', mediaFrames: 72 + 16 };
    const whole = await conformed([{ ...take, sourceIn: 8, frames: 72 }]);
    expect(said(whole.rows)).toEqual([
      [1, 'kept', 24],
      [2, 'kept', 48],
    ]);
    const trimmed = await conformed([{ ...take, sourceIn: 14, frames: 60 }]);
    expect(said(trimmed.rows)).toEqual([
      [1, 'retimed', 18],
      [2, 'retimed', 42],
    ]);
  });

  test('a take that runs at another speed shows each of its boards so much longer or shorter; held, it is the one it is held on', async () => {
    const take = { name: 'SH010', file: 'SH010_t02_0123456789ab.mov', mediaFrames: 72 };
    const changes = async (cut: object): Promise<unknown> => said((await conformed([{ ...take, ...cut } as Cut])).rows);
    expect(await changes({ frames: 144, speed: 0.5 })).toEqual([
      [1, 'retimed', 48],
      [2, 'retimed', 96],
    ]);
    expect(await changes({ frames: 36, speed: 2 })).toEqual([
      [1, 'retimed', 12],
      [2, 'retimed', 24],
    ]);
    expect(await changes({ frames: 72, speed: -1, sourceIn: 72 })).toEqual([
      [2, 'moved', 48],
      [1, 'kept', 24],
    ]);
    expect(await changes({ frames: 40, speed: 0, sourceIn: 30 })).toEqual([[2, 'retimed', 40]]);
  });

  test.each(['otio', 'xml', 'edl'])('%s say the same', async (format) => {
    await project();
    const cuts = timeline([
      { name: C, frames: 12 },
      { name: A, frames: 30 },
    ]);
    folder.write(
      `edit.${format}`,
      format === 'otio' ? writeOtio(cuts) : format === 'xml' ? writeFcp7Xml(cuts) : writeEdl(cuts, 'V1'),
    );
    const result = conform(
      await folder.read('film.storyboarder'),
      await readEdited(folder.at(`edit.${format}`), { rate: RATES['24'] }),
    );
    expect(said(result.rows)).toEqual([
      [3, 'moved', 12],
      [1, 'retimed', 30],
    ]);
  });

  test('the reading of the panel says the same', async () => {
    await project();
    const board = (name: string, at: number) => ({
      at,
      name: `${name}.png`,
      mediaPath: `C:\\film\\images\\${name}.png`,
      itemStartFrame: 0,
      trackIndex: 0,
    });
    const reading = {
      projectId: 'p',
      sequenceId: 's',
      name: 'edit',
      projectName: 'x',
      rate: RATES['24'],
      dropFrame: false,
      size: { width: 1920, height: 1080 },
      problems: [],
      shots: [
        {
          draft: { name: 'SH020', startFrame: 0, frames: 12, notes: '' },
          trackIndex: 0,
          notes: [],
          boards: [board(C, 0)],
        },
        { draft: { name: 'SH010', startFrame: 12, frames: 60 }, boards: [board(A, 0), board(B, 24)] },
      ],
    };
    folder.write('edit.json', JSON.stringify(reading));
    const result = conform(await folder.read('film.storyboarder'), await readEdited(folder.at('edit.json')));
    expect(said(result.rows)).toEqual([
      [3, 'moved', 12],
      [1, 'kept', 24],
      [2, 'retimed', 36],
    ]);
    for (const text of ['{}', '[', '{"shots":[]}']) {
      folder.write('bad.json', text);
      await expect(readEdited(folder.at('bad.json'))).rejects.toMatchObject({ problem: { code: 'board-unreadable' } });
    }
  });

  test('the shot list is read in again as the edit', async () => {
    await folder.pictures('SH010_A.png', 'SH010_B.png', 'SH020.png');
    const story = await folder.read();
    const cut = timeline([
      { name: 'SH020', file: 'SH020.png', frames: 20 },
      { name: 'SH010_B', file: 'SH010_B.png', frames: 30 },
      { name: 'SH010_A', file: 'SH010_A.png', frames: 40 },
    ]);
    folder.write('edit.otio', writeOtio(cut));
    const csv = conformedCsv(conform(story, await readEdited(folder.at('edit.otio'))));
    folder.write('list.csv', csv);
    const again = await folder.read('list.csv');
    expect(
      again.shots.flatMap((s) => s.boards.map((b) => [b.name, Math.round((b.milliseconds ?? 0) * 0.024)])),
    ).toEqual([
      ['SH020.png', 20],
      ['SH010_B.png', 30],
      ['SH010_A.png', 40],
    ]);
  });

  test('text that spreadsheets and browsers would run stays text', async () => {
    await folder.pictures('a.png');
    folder.write('list.csv', 'file,notes\na.png,"=cmd|\' /C calc\'!A0"\n');
    const story = await folder.read('list.csv');
    folder.write(
      'edit.otio',
      writeOtio({ ...timeline([{ name: 'a', file: 'a.png', frames: 5 }]), name: '<script>alert(1)</script>' }),
    );
    const result = conform(story, await readEdited(folder.at('edit.otio')));
    expect(conformedCsv(result)).toContain("'=cmd");
    expect(reportHtml(result)).not.toContain('<script');
    expect(reportHtml(result)).toContain('&lt;script&gt;');
  });
});

test('what kept its order is a longest rising run', () => {
  const longest = (xs: number[]): number =>
    xs
      .reduce<number[]>((best, x, i) => [...best, 1 + Math.max(0, ...best.filter((_, j) => xs[j]! < x && j < i))], [])
      .reduce((a, b) => Math.max(a, b), 0);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50), { maxLength: 14 }), (xs) => {
      const kept = [...steady(xs)].sort((a, b) => a - b).map((i) => xs[i]!);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
      expect(kept).toHaveLength(longest(xs));
    }),
  );
});

test('whatever the edit, its frames are all told: rows and gaps make up its length, and each board is used or deleted', async () => {
  await project();
  const story = await folder.read('film.storyboarder');
  const cut = fc.record({ name: fc.constantFrom(A, B, C, '', 'stranger'), frames: fc.integer({ min: 1, max: 60 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 12 }), async (cuts) => {
      folder.write('edit.otio', writeOtio(timeline(cuts)));
      const result = conform(story, await readEdited(folder.at('edit.otio')));
      expect(result.rows.reduce((sum, row) => sum + row.use.frames, 0) + result.gapFrames).toBe(result.frames);
      const used = new Set(result.rows.flatMap((row) => (row.was === null ? [] : [row.was])));
      expect([...used, ...result.deleted.map((p) => p.index + 1)].sort()).toEqual([1, 2, 3]);
      expect(() => JSON.parse(conformStoryboarder(TEXT, result)!.text) as unknown).not.toThrow();
    }),
    { numRuns: 40 },
  );
});
