import fc from 'fast-check';
import { planShots, sizeForBoards } from '../../../companion-app/daemon/animate/plan';
import type { Storyboard, StoryboardBoard } from '../../../companion-app/interchange/storyboard';
import { RATES } from '../../../shared/shot';

const board = (name: string, milliseconds?: number, notes = ''): StoryboardBoard => ({
  name,
  path: `/b/${name}`,
  layers: [],
  notes,
  action: '',
  dialogue: '',
  ...(milliseconds === undefined ? {} : { milliseconds }),
});
const story = (shots: [string, StoryboardBoard[]][]): Storyboard => ({
  name: 'film',
  shots: shots.map(([name, boards]) => ({ name, boards })),
  sounds: [],
  warnings: [],
});
const options = { rate: RATES['24'], dropFrame: false, fit: 'fill' as const, aspects: [] };

test('shots follow each other without gap, boards keep their own lengths', () => {
  const plan = planShots(
    story([
      ['SH010', [board('a', 1000), board('b', 500)]],
      ['SH020', [board('c')]],
      ['SH010', [board('d', 250)]],
    ]),
    options,
  );
  expect(plan.map((s) => [s.draft.name, s.draft.startFrame, s.draft.frames])).toEqual([
    ['SH010', 0, 36],
    ['SH020', 36, 72],
    ['SH010 2', 108, 6],
  ]);
  expect(plan[0]!.boards.map((b) => b.at)).toEqual([0, 24]);
});

test('a stated length is kept to the frame whatever the boards say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 400 }),
      (lengths, frames) => {
        const [shot] = planShots(story([['SH', lengths.map((ms, i) => board(String(i), ms))]]), { ...options, frames });
        expect(shot!.draft.frames).toBe(frames);
        expect(shot!.boards[0]!.at).toBe(0);
        const starts = shot!.boards.map((b) => b.at);
        expect([...new Set(starts)].sort((a, b) => a - b)).toEqual(starts);
        expect(Math.max(...starts)).toBeLessThan(frames);
      },
    ),
  );
});

test('lengths no shot can have are refused with an action', () => {
  expect(() => planShots(story([['a', [board('a')]]]), { ...options, frames: 0 })).toThrow(/no picture/);
  expect(() => planShots(story([['a', [board('a')]]]), { ...options, frames: 40_000 })).toThrow(
    /more than a shot may have/,
  );
});

test('notes of all boards and of the person are joined, each once', () => {
  const [shot] = planShots(
    story([['a', [board('a', 500, 'push in'), board('b', 500, 'push in'), board('c', 500, 'hold')]]]),
    { ...options, notes: 'handheld' },
  );
  expect(shot!.draft.notes).toBe('handheld. push in. hold');
});

test.each([
  [[16 / 9, 16 / 9, 0.5625], undefined, { width: 1920, height: 1080 }],
  [[0.5625], undefined, { width: 1080, height: 1920 }],
  [[], 2.35, { width: 1920, height: 818 }],
  [[], undefined, { width: 1920, height: 1080 }],
  [[100], undefined, { width: 1920, height: 240 }],
])('frame size for boards of %j', (aspects, stated, size) => {
  expect(sizeForBoards(aspects, stated)).toEqual(size);
});

test('lengths are counted from running sums, so that many boards do not drift from the sound; gaps are kept', () => {
  const boards = Array.from({ length: 300 }, (_, i): [string, StoryboardBoard[]] => [`S${i}`, [board(`b${i}`, 1010)]]);
  const plan = planShots(story(boards), options);
  expect(plan.map((s) => s.draft.startFrame)).toEqual(boards.map((_, i) => Math.round(i * 1.01 * 24)));
  const gapped = {
    ...story([['a', [board('a', 1000)]]]),
    shots: [{ name: 'a', boards: [board('a', 1000)], gapMilliseconds: 500 }],
  };
  expect(planShots(gapped, options)[0]!.draft).toMatchObject({ startFrame: 12, frames: 24 });
});

test('a shot of more boards than a job may have is laid out as several without a gap', () => {
  const many = Array.from({ length: 150 }, (_, i) => board(`b${i}`, 500));
  const plan = planShots(story([['SH010', many]]), options);
  expect(plan.map((s) => [s.draft.name, s.draft.startFrame, s.boards.length])).toEqual([
    ['SH010', 0, 50],
    ['SH010 2', 600, 50],
    ['SH010 3', 1200, 50],
  ]);
});
