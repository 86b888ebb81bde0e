import fc from 'fast-check';
import { JOB_STATES, type JobState } from '../../shared/protocol';
import { problem } from '../../shared/problem';
import { newRecord, type JobRecord } from '../../companion-app/queue/record';
import { advance, LEGAL, mayChange, type JobChange } from '../../companion-app/queue/states';
import { spec, takeOf } from './fixtures/specs';

const job = spec(1);
const why = problem({ code: 'render-failed', message: 'It failed.' });
const MAX_LOST = 3;

/** All changes, those about an attempt about attempt `attempt`. */
const changes = (attempt: number): JobChange[] => [
  { kind: 'lease' },
  { kind: 'finish', attempt, take: takeOf(job) },
  { kind: 'redo', attempt, take: takeOf(job), problem: why },
  { kind: 'fail', attempt, problem: why },
  { kind: 'lose', attempt, problem: why },
  { kind: 'release', attempt },
  { kind: 'deliver' },
  { kind: 'place', placement: { trackIndex: 1, startFrame: 0, frames: 24, name: 'clip' } },
  { kind: 'cancel' },
  { kind: 'retry' },
  { kind: 'judge', verdict: 'approved' },
  { kind: 'hold', problem: why },
  { kind: 'free' },
];

const walk = fc.array(fc.nat(12), { maxLength: 60 });

/** Goes through a walk; hands every step taken or refused to `see`. */
function go(steps: number[], see: (before: JobRecord, change: JobChange, after: JobRecord | null) => void): JobRecord {
  let record = newRecord(job, 0);
  for (const [at, step] of steps.entries()) {
    const change = changes(record.row.attempts)[step]!;
    let after: JobRecord | null = null;
    try {
      after = advance(record, change, { at: at + 1, maxLost: MAX_LOST });
    } catch (error) {
      expect(error).toMatchObject({ problem: { code: 'out-of-order' } });
    }
    see(record, change, after);
    record = after ?? record;
  }
  return record;
}

/** The table of the design, written down a second time by target: from → to. */
const EDGES: Record<JobState, JobState[]> = {
  queued: ['rendering', 'failed', 'cancelled', 'queued'],
  rendering: ['rendered', 'failed', 'queued', 'cancelled'],
  rendered: ['delivered', 'failed', 'cancelled', 'rendered'],
  delivered: ['placed', 'failed', 'cancelled', 'delivered'],
  placed: ['placed'],
  failed: ['queued'],
  cancelled: [],
};

describe('the machine of job states', () => {
  it('takes a legal change and refuses every other, and goes only where the design says', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        go(steps, (before, change, after) => {
          expect(after !== null).toBe(mayChange(before.row.state, change.kind));
          if (after) expect(EDGES[before.row.state]).toContain(after.row.state);
        });
      }),
    );
  });

  it('reaches every edge of the design', () => {
    const seen = new Set<string>();
    for (const state of JOB_STATES) {
      for (const change of changes(1)) {
        const row = { ...newRecord(job, 0).row, state, attempts: 1, take: takeOf(job) };
        for (const lost of [0, MAX_LOST - 1]) {
          if (LEGAL[change.kind].includes(state)) {
            seen.add(
              `${state} ${advance({ ...newRecord(job, 0), row, lost }, change, { at: 1, maxLost: MAX_LOST }).row.state}`,
            );
          }
        }
      }
    }
    const edges = Object.entries(EDGES).flatMap(([from, to]) => to.map((state) => `${from} ${state}`));
    expect([...seen].sort()).toEqual(edges.sort());
  });

  it('has a take exactly from rendered on, a problem exactly when failed or held, a placement exactly when placed', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        go(steps, (_before, change, after) => {
          const row = after?.row;
          if (!row) return;
          if (['rendered', 'delivered', 'placed'].includes(row.state)) expect(row.take).toBeDefined();
          if (['queued', 'rendering', 'failed'].includes(row.state)) expect(row.take).toBeUndefined();
          expect(row.problem !== undefined).toBe(row.state === 'failed' || change.kind === 'hold');
          expect(row.placement !== undefined).toBe(row.state === 'placed');
        });
      }),
    );
  });

  it('counts every lease as an attempt and never loses more than allowed in a row', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        let leases = 0;
        const last = go(steps, (_before, change, after) => {
          if (after && change.kind === 'lease') leases += 1;
          if (after) expect(after.lost).toBeLessThanOrEqual(MAX_LOST);
        });
        expect(last.row.attempts).toBe(leases);
      }),
    );
  });

  it('sets a job aside at the third lost attempt with the last reason, and starts counting anew after a retry', () => {
    const context = { at: 1, maxLost: MAX_LOST };
    let record = newRecord(job, 0);
    for (let attempt = 1; attempt <= MAX_LOST; attempt += 1) {
      expect(record.row.state).toBe('queued');
      record = advance(record, { kind: 'lease' }, context);
      record = advance(
        record,
        { kind: 'lose', attempt, problem: problem({ code: 'render-crashed', message: `Crash ${attempt}.` }) },
        context,
      );
    }
    expect(record.row).toMatchObject({ state: 'failed', problem: { code: 'too-many-attempts' } });
    expect(record.row.problem!.message).toContain('Crash 3.');
    record = advance(record, { kind: 'retry' }, context);
    record = advance(record, { kind: 'lease' }, context);
    record = advance(record, { kind: 'lose', attempt: 4, problem: why }, context);
    expect(record).toMatchObject({ row: { state: 'queued', attempts: 4 }, lost: 1 });
  });

  it('does not count an attempt that was given back as lost', () => {
    const context = { at: 1, maxLost: 1 };
    const leased = advance(newRecord(job, 0), { kind: 'lease' }, context);
    expect(advance(leased, { kind: 'release', attempt: 1 }, context)).toMatchObject({
      row: { state: 'queued' },
      lost: 0,
    });
  });

  it('refuses news of an attempt that is over', () => {
    const context = { at: 1, maxLost: MAX_LOST };
    const leased = advance(newRecord(job, 0), { kind: 'lease' }, context);
    const again = advance(advance(leased, { kind: 'release', attempt: 1 }, context), { kind: 'lease' }, context);
    for (const change of changes(1)) {
      if ('attempt' in change) expect(() => advance(again, change, context)).toThrow('attempt 1 is over');
    }
  });
});
