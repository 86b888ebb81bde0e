import { boardPicture, rowsOf } from '../../../plugin/panel/state/rows';
import { chosenAfterClick, filtered, nightShots } from '../../../plugin/panel/state/choose';
import { problem } from '../../../shared/problem';
import { jobsOf, lying, row, sha, shot, state, view } from './things';

const only = (given: Parameters<typeof state>[0]) => rowsOf(state({ timeline: view([shot()]), ...given }))[0]!;

describe('a row', () => {
  test('tells a shot as the timeline shows it', () => {
    const line = only({ timeline: view([shot({ timecodeZero: 86_400 })]), chosen: ['SH010'] });
    expect(line).toMatchObject({
      timecode: '01:00:04:04',
      frames: 48,
      note: 'slow push in',
      state: 'none',
      chosen: true,
    });
    expect(line.moves.map(({ kind }) => kind)).toEqual(['push-in']);
    expect(line.corrected).toBe(false);
  });

  test('shows the artist’s own moves before those of the note, cut to the shot', () => {
    const own = { kind: 'pan-left', from: 10, to: 90, amount: 5, ease: 'linear', confidence: 1, text: '' } as const;
    const timeline = { ...view([shot()]), sheet: { v: 1 as const, shots: { SH010: { moves: [own] } } } };
    const line = only({ timeline });
    expect(line.moves).toEqual([{ ...own, to: 48 }]);
    expect(line.corrected).toBe(true);
  });

  test('follows a take from the queue to the timeline', () => {
    const of = (given: Parameters<typeof row>[1], takes = view([shot()])) =>
      only({ timeline: takes, jobs: jobsOf(row('job-1', given)) }).state;
    expect(of({ state: 'queued' })).toBe('waiting');
    expect(of({ state: 'rendering' })).toBe('rendering');
    expect(of({ state: 'rendered' })).toBe('coming');
    expect(of({ state: 'placed' }, view([shot()], [lying('job-1')]))).toBe('done');
    expect(of({ state: 'placed' })).toBe('away');
    expect(of({ state: 'failed' })).toBe('failed');
    expect(of({ state: 'cancelled' })).toBe('stopped');
  });

  test('a preview that lies in the slot of the take to come is part of that take', () => {
    const preview = row('job-p', { spec: { quality: 'preview' } });
    const full = row('job-f', { state: 'queued', spec: { replaces: 'job-p' }, submittedAt: 1_001 });
    const timeline = view([shot()], [lying('job-p')]);
    const line = only({ timeline, jobs: jobsOf(preview, full) });
    expect(line.takes.map(({ jobId, standIn }) => [jobId, standIn])).toEqual([['job-f', 'job-p']]);
    // The take failed: its preview is all there is, and is shown.
    const failed = row('job-f', { state: 'failed', spec: { replaces: 'job-p' }, submittedAt: 1_001 });
    expect(only({ timeline, jobs: jobsOf(preview, failed) }).takes.map(({ jobId }) => jobId)).toEqual([
      'job-p',
      'job-f',
    ]);
  });

  test('a take that waits says why, and one the companion has forgotten is still there', () => {
    const why = problem({ code: 'host-track-missing', message: 'No track.' });
    const waits = only({ jobs: jobsOf(row('job-1', { state: 'delivered' })), waiting: new Map([['job-1', why]]) });
    expect(waits).toMatchObject({ state: 'coming', problem: why });
    expect(only({ timeline: view([shot()], [lying('job-9', { take: 4 })]) }).takes[0]).toMatchObject({
      take: 4,
      inUse: true,
    });
  });

  test('the colour on the timeline weighs more than the verdict on record', () => {
    const jobs = jobsOf(row('job-1', { verdict: { verdict: 'approved', at: 1 } }));
    expect(only({ jobs, timeline: view([shot()], [lying('job-1')]) }).takes[0]?.label).toBe('open');
    expect(only({ jobs }).takes[0]?.label).toBe('approved');
  });
});

describe('what has changed since the last take', () => {
  const jobs = jobsOf(row('job-1'));
  test.each([
    ['nothing', shot(), []],
    ['the note', shot({ notes: 'pan left' }), ['note']],
    ['the length', shot({ frames: 40 }), ['trim']],
    ['its place only', shot({ startFrame: 400 }), []],
  ])('%s', (_what, reading, changed) => {
    expect(only({ timeline: view([reading]), jobs }).changed).toEqual(changed);
  });

  test('the board’s pixels, once they were looked at', () => {
    const boards = (n: number) => new Map([['/b/SH010.png', { sha256: sha(n), stamp: '' }]]);
    expect(only({ jobs, boards: boards(1) }).changed).toEqual([]);
    const line = only({ jobs, boards: boards(2) });
    expect(line.changed).toEqual(['board']);
    expect(line.pictures[0]).toBe(boardPicture(sha(2)));
  });

  test('a corrected move, and a job that was stopped does not count as a take', () => {
    const own = { kind: 'pan-left', from: 0, to: 48, amount: 5, ease: 'linear', confidence: 1, text: '' } as const;
    const timeline = { ...view([shot()]), sheet: { v: 1 as const, shots: { SH010: { moves: [own] } } } };
    expect(only({ timeline, jobs }).changed).toEqual(['move']);
    const stopped = row('job-2', { state: 'cancelled', submittedAt: 2_000, shot: { moves: [own] } });
    expect(only({ timeline, jobs: jobsOf(row('job-1'), stopped) }).changed).toEqual(['move']);
  });
});

describe('the list', () => {
  const shots = ['SH010', 'SH020', 'SH030', 'SH040'].map((id, i) =>
    shot({ id, startFrame: i * 48, notes: `note ${id}` }),
  );
  const rows = rowsOf(
    state({
      timeline: view(shots, [lying('job-2', { shotName: 'SH020', startFrame: 48 })]),
      jobs: jobsOf(
        row('job-2', { shot: { id: 'SH020', name: 'SH020', notes: 'note SH020' } }),
        row('job-3', { state: 'failed', shot: { id: 'SH030', name: 'SH030', notes: 'note SH030' } }),
      ),
      chosen: ['SH020'],
    }),
  );
  const names = (text: string, show: Parameters<typeof filtered>[1]['show']) =>
    filtered(rows, { text, show }).map(({ id }) => id);

  test('is filtered by words and by state', () => {
    expect(names('', 'all')).toHaveLength(4);
    expect(names('sh02 NOTE', 'all')).toEqual(['SH020']);
    expect(names('', 'failed')).toEqual(['SH030']);
    expect(names('', 'untaken')).toEqual(['SH010', 'SH040']);
    expect(names('', 'undecided')).toEqual(['SH020']);
    expect(names('', 'changed')).toEqual([]);
  });

  test('is chosen from as lists are', () => {
    expect(chosenAfterClick(rows, 'SH030', 'alone', null)).toEqual(['SH030']);
    expect(chosenAfterClick(rows, 'SH030', 'toggle', null)).toEqual(['SH020', 'SH030']);
    expect(chosenAfterClick(rows, 'SH020', 'toggle', null)).toEqual([]);
    expect(chosenAfterClick(rows, 'SH040', 'range', 'SH020')).toEqual(['SH020', 'SH030', 'SH040']);
    expect(chosenAfterClick(rows, 'SH010', 'range', 'SH030')).toEqual(['SH010', 'SH020', 'SH030']);
    expect(chosenAfterClick(rows, 'SH010', 'range', 'gone')).toEqual(['SH010']);
  });

  test('gives the night what needs it, and everything where nothing does', () => {
    expect(nightShots(rows)).toEqual(['SH010', 'SH030', 'SH040']);
    expect(nightShots(rows.slice(1, 2))).toEqual(['SH020']);
  });
});
