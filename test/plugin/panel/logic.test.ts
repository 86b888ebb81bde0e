import * as fc from 'fast-check';
import { AMOUNT_UNIT, EASES, MOVE_KINDS, type CameraMove } from '../../../shared/shot';
import { zCameraMove } from '../../../shared/protocol';
import { clockText, panel } from '../../../shared/words';
import { addMove, AMOUNT_RANGE, amountText, changeMove, removeMove } from '../../../plugin/panel/state/chips';
import { batchOf } from '../../../plugin/panel/state/batch';
import { fitted } from '../../../plugin/panel/state/changes';
import { connectionView } from '../../../plugin/panel/state/connection';
import { agreeing, followsOf } from '../../../plugin/panel/state/follow';
import { base64, dataUrl } from '../../../plugin/panel/base64';
import { plain } from '../../../plugin/panel/state/spoken';
import { VerdictKeeper } from '../../../plugin/panel/work/verdicts';
import { problem } from '../../../shared/problem';
import { jobsOf, lying, row, shot, view } from './things';

const push: CameraMove = {
  kind: 'push-in',
  from: 0,
  to: 24,
  amount: 1.2,
  ease: 'linear',
  confidence: 0.5,
  text: 'push in',
};

describe('chips', () => {
  test('whatever is typed, a move stays in its shot, in its unit’s range, and sendable', () => {
    const change = fc.record(
      {
        kind: fc.constantFrom(...MOVE_KINDS),
        from: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        to: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        amount: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        ease: fc.constantFrom(...EASES),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, fc.integer({ min: 1, max: 5000 }), (given, frames) => {
        const [move] = changeMove([push], 0, given, frames);
        const [least, most] = AMOUNT_RANGE[AMOUNT_UNIT[move!.kind]];
        expect(zCameraMove.safeParse(move).error).toBeUndefined();
        expect(move!.from).toBeGreaterThanOrEqual(0);
        expect(move!.to).toBeGreaterThan(move!.from);
        expect(move!.to).toBeLessThanOrEqual(frames);
        expect(move!.amount).toBeGreaterThanOrEqual(least);
        expect(move!.amount).toBeLessThanOrEqual(most);
        expect(move!.confidence).toBe(1);
      }),
    );
  });

  test('another kind of the same unit keeps its amount, one of another unit gets that unit’s', () => {
    expect(changeMove([push], 0, { kind: 'zoom-in' }, 48)[0]?.amount).toBe(1.2);
    expect(changeMove([push], 0, { kind: 'pan-left' }, 48)[0]?.amount).toBe(10);
    expect(changeMove([push, push], 1, { amount: 2 }, 48)[0]).toBe(push);
  });

  test('come and go, and are cut to a shot that got shorter', () => {
    const two = addMove([push], 48);
    expect(two[1]).toMatchObject({ from: 0, to: 48, amount: 1.25 });
    expect(removeMove(two, 0)).toEqual([two[1]]);
    expect(fitted([push, { ...push, from: 30, to: 40 }], 20)).toEqual([{ ...push, to: 20 }]);
    expect(
      [push, { kind: 'tilt-up', amount: 10 }, { kind: 'shake', amount: 0.3 }, { kind: 'hold', amount: 0 }].map((move) =>
        amountText(move as CameraMove),
      ),
    ).toEqual(['1.2×', '10°', '30 %', '']);
  });
});

describe('the batch', () => {
  const at = (minutes: number) => ({ submittedAt: minutes * 60_000 });
  const failure = problem({ code: 'board-unreadable', message: 'Broken.', action: 'Export it again.' });
  const rows = [
    row('old-1', { ...at(0) }),
    row('job-1', { ...at(100), shot: { id: 'A' } }),
    row('job-p', { ...at(100), state: 'placed', shot: { id: 'B' }, spec: { quality: 'preview' } }),
    row('job-2', { ...at(101), state: 'rendering', shot: { id: 'B' }, spec: { replaces: 'job-p' } }),
    row('job-3', { ...at(102), state: 'failed', problem: failure, shot: { id: 'C' } }),
    row('job-4', { ...at(103), state: 'queued', shot: { id: 'D' } }),
    row('job-5', { ...at(103), state: 'cancelled', shot: { id: 'E' } }),
  ];

  test('counts what was asked for together, previews and stopped ones aside', () => {
    const left = { low: 600, likely: 900, high: 1800 };
    const progress = new Map([['job-2', { jobId: 'job-2', stage: 'frames', done: 1, of: 4, queueSecondsLeft: left }]]);
    const batch = batchOf(rows, progress, 1_000_000);
    expect(batch).toMatchObject({ done: 1, of: 4, under: ['job-4', 'job-2'], problem: failure });
    expect(batch?.failed.map(({ spec }) => spec.id)).toEqual(['job-3']);
    expect(batch?.end).toEqual({ low: 1_600_000, likely: 1_900_000, high: 2_800_000 });
    expect(batchOf(rows, new Map(), 0)?.end).toBeUndefined();
  });

  test('a failure is over once its shot was asked for again, and a finished batch says nothing', () => {
    const again = row('job-6', { ...at(110), state: 'placed', shot: { id: 'C' } });
    expect(batchOf([...rows, again], new Map(), 0)?.failed).toEqual([]);
    expect(batchOf([row('a-job-1'), row('a-job-2')], new Map(), 0)).toBeNull();
    expect(batchOf([], new Map(), 0)).toBeNull();
  });

  test('the hour is the machine’s', () => {
    const noon = new Date(2026, 0, 5, 6, 9).getTime();
    expect(clockText(noon)).toBe('06:09');
  });
});

describe('boards that were moved', () => {
  const jobs = jobsOf(row('job-1', { placement: { trackIndex: 1, startFrame: 100, frames: 48, name: 'a' } }));
  const wishes = (reading: Parameters<typeof shot>[0], take = lying('job-1')) =>
    followsOf(view([shot(reading)], [take]), jobs, new Map()).map(({ kind, target }) => [kind, target]);

  test.each([
    ['moved', { startFrame: 130 }, [['move', { startFrame: 130, frames: 48 }]]],
    ['trimmed at the end', { frames: 40 }, [['trim', { startFrame: 100, frames: 40 }]]],
    ['trimmed at the head', { startFrame: 110, frames: 38 }, [['move', { startFrame: 110, frames: 38 }]]],
    ['moved and trimmed', { startFrame: 300, frames: 20 }, [['move', { startFrame: 300, frames: 20 }]]],
    ['longer than the clip', { frames: 60 }, [['longer', { startFrame: 100, frames: 60 }]]],
    ['as it was', {}, []],
  ])('%s', (_what, reading, expected) => expect(wishes(reading)).toEqual(expected));

  test('a take that somebody moved or cut by hand is left alone', () => {
    expect(wishes({ startFrame: 130 }, lying('job-1', { startFrame: 90 }))).toEqual([]);
    expect(wishes({ startFrame: 130 }, lying('job-1', { frames: 20 }))).toEqual([]);
    expect(wishes({}, lying('job-1', { startFrame: 90 }))).toEqual([]);
  });

  test('only the take that is shown is made again for a longer board', () => {
    expect(wishes({ frames: 60 }, lying('job-1', { enabled: false }))).toEqual([]);
    expect(wishes({ frames: 40 }, lying('job-1', { enabled: false }))).toHaveLength(1);
  });

  test('where both last agreed is what counts, and is remembered', () => {
    const later = view([shot({ startFrame: 200 })], [lying('job-1', { startFrame: 200 })]);
    const agreed = agreeing(later, jobs, new Map());
    const moved = view([shot({ startFrame: 100 })], [lying('job-1', { startFrame: 200 })]);
    expect(followsOf(moved, jobs, agreed)[0]).toMatchObject({ kind: 'move', by: -100 });
    expect(agreeing(moved, jobs, agreed)).toEqual(agreed);
    // Without that memory, a take that lies where it was never placed is somebody's own doing.
    expect(followsOf(moved, jobs, new Map())).toEqual([]);
  });

  test('a trimmed take may grow again up to the length of its clip', () => {
    const agreed = new Map([['job-1', { startFrame: 100, frames: 30 }]]);
    const grown = view([shot({ frames: 44 })], [lying('job-1', { frames: 30 })]);
    expect(followsOf(grown, jobs, agreed)[0]).toMatchObject({ kind: 'trim', target: { frames: 44 } });
  });
});

describe('verdicts on both sides', () => {
  const approved = { verdict: 'approved', at: 1 } as const;
  const look = (keeper: VerdictKeeper, label: 'open' | 'approved' | 'rejected', verdict?: typeof approved) =>
    keeper.steps(view([shot()], [lying('job-1', { label })]), jobsOf(row('job-1', verdict ? { verdict } : {})));

  test('an Undo in Premiere is told once, without an echo while the companion has not answered', () => {
    const keeper = new VerdictKeeper();
    expect(look(keeper, 'approved', approved)).toEqual([]);
    expect(look(keeper, 'open', approved)).toEqual([{ kind: 'tell', jobId: 'job-1', verdict: 'none' }]);
    expect(look(keeper, 'open', approved)).toEqual([]);
    expect(look(keeper, 'open')).toEqual([]);
    expect(look(keeper, 'approved')).toEqual([{ kind: 'tell', jobId: 'job-1', verdict: 'approved' }]);
  });

  test('a word said on the companion’s page colours the clip once', () => {
    const keeper = new VerdictKeeper();
    expect(look(keeper, 'open')).toEqual([]);
    expect(look(keeper, 'open', approved)).toEqual([{ kind: 'colour', jobId: 'job-1', label: 'approved' }]);
    expect(look(keeper, 'open', approved)).toEqual([]);
    expect(look(keeper, 'approved', approved)).toEqual([]);
  });

  test('what the panel itself is doing is no news on either side', async () => {
    const keeper = new VerdictKeeper();
    look(keeper, 'open');
    await keeper.hold('job-1', async () => {
      expect(look(keeper, 'approved')).toEqual([]);
      expect(look(keeper, 'approved', approved)).toEqual([]);
    });
    expect(look(keeper, 'approved', approved)).toEqual([]);
  });
});

test('each state of the connection has one action', () => {
  const why = (action = ''): ReturnType<typeof problem> => problem({ code: 'version-mismatch', message: 'x', action });
  const companion = { name: 'c', version: '1', instance: 'i' };
  const capabilities = { engines: [], codecs: [], providers: [] };
  expect(
    [
      connectionView({ kind: 'disconnected', problem: why() }, false),
      connectionView({ kind: 'disconnected', problem: why() }, true),
      connectionView({ kind: 'connecting' }, false),
      connectionView({ kind: 'pairing-needed', problem: why() }, true),
      connectionView({ kind: 'connected', companion, capabilities }, false),
      connectionView({ kind: 'superseded', problem: why() }, false),
      connectionView({ kind: 'version-mismatch', problem: why('Update the panel in Premiere.') }, false),
      connectionView({ kind: 'version-mismatch', problem: why('Update the companion app.') }, false),
    ].map(({ step, action }) => `${step}: ${action}`),
  ).toEqual([
    'disconnected: start',
    'starting: wait',
    'connecting: wait',
    'pairing: pair',
    'connected: wait',
    'superseded: take-over',
    'old-panel: try-again',
    'old-companion: try-again',
  ]);
});

test('bytes as text are what every other encoder makes of them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
  expect(dataUrl('image/jpeg', new Uint8Array([255, 216]))).toBe('data:image/jpeg;base64,/9g=');
});

test('a UXP without Intl still gets its texts', () => {
  expect(plain(panel.doneOf.en, { done: 3, of: 40 })).toBe('3 of 40');
  expect(plain(panel.takeCount.de, { n: 2 })).toBe('2 Takes');
  expect(plain(panel.animateChosen.fr, { n: 5 })).toBe('Animer 5 plans');
});
