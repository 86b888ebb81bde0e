/** Writes what work costs into the store as it is done: a fact a minute for each attempt, the last one with how it ended. */
import type { FactOf, JobEvent, Settings } from '../../../shared/protocol';
import { DEFAULT_SETTINGS } from '../../../shared/protocol';
import { aboutJob, type Clock, type JobQueue, type Log } from '../../queue';
import type { SecondsRange } from '../../queue/estimate';
import type { SettingsKeeper } from '../settings';
import type { Meter } from './meter';

export interface CostParts {
  readonly queue: JobQueue;
  readonly settings: Pick<SettingsKeeper, 'get' | 'subscribe'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** Calls back every so often until the returned function is called. */
  readonly every: (ms: number, act: () => void) => () => void;
  /** Seconds a job is expected to take, where anything is known. */
  readonly expected: (jobId: string) => SecondsRange | null;
  readonly ratedWatts: () => number;
}

/** Power is read so often while there is work. */
const LOOK_MS = 5_000;
/** A crash loses no more than this of an attempt. */
const STRETCH_MS = 60_000;

interface Running {
  readonly attempt: number;
  /** By the monotonic clock. */
  since: number;
}

export interface CostKeeper {
  /** Writes what has been used so far and ends. */
  stop(): Promise<void>;
}

export function keepCost(parts: CostParts): CostKeeper {
  const { queue, settings, clock, log } = parts;
  const running = new Map<string, Running>();
  let writing: Promise<void> = Promise.resolve();
  let looking = false;

  const safely = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a cost was not written');
    }
  };
  /** A meter that cannot be read must not keep the seconds from being written. */
  const taken = (): ReturnType<Meter['take']> =>
    parts.meter.take().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'the energy used could not be read');
      return [];
    });
  /** One writing after the other, so that energy is shared out once. */
  const write = (over: readonly { jobId: string; work: Running; ended?: JobEvent }[]): void => {
    const at = clock.now();
    const now = clock.monotonic();
    const stretches = over.map((each) => ({ ...each, seconds: Math.max(0, now - each.work.since) / 1000 }));
    const together = running.size + over.filter(({ ended }) => ended).length;
    for (const { work } of over) work.since = now;
    writing = writing.then(async () => {
      const energy = await taken();
      safely(() => {
        queue.addFacts(
          stretches.flatMap(({ jobId, work, ended, seconds }): FactOf<'spent'>[] => {
            const row = queue.find(jobId);
            if (!row) return [];
            return [
              {
                ...{ kind: 'spent', at, jobId, about: aboutJob(row), attempt: work.attempt, seconds },
                device: row.take?.provider ?? 'unknown',
                energy: energy.map(({ source, wattHours }) => ({
                  source,
                  wattHours: wattHours / Math.max(1, together),
                })),
                ...(ended && { ended: endOf(ended) }),
                ...(ended?.problem && { problem: ended.problem.code }),
              },
            ];
          }),
        );
      });
    });
  };

  const hear = (event: JobEvent): void => {
    const { jobId, state, attempts } = event;
    if (state === 'rendering') {
      // What was used before belongs to nobody's take.
      if (running.size === 0)
        writing = writing.then(async () => {
          await taken();
        });
      running.set(jobId, { attempt: attempts, since: clock.monotonic() });
      return;
    }
    const work = running.get(jobId);
    if (work) {
      running.delete(jobId);
      write([{ jobId, work, ended: event }]);
    } else if (state === 'queued' && attempts === 0) estimate(jobId);
  };

  const estimate = (jobId: string): void => {
    const row = queue.find(jobId);
    const range = row && parts.expected(jobId);
    if (!row || !range) return;
    const { low, likely, high } = range;
    const wattHours = (likely / 3600) * parts.ratedWatts();
    safely(() =>
      queue.addFacts([
        { kind: 'estimate', at: clock.now(), jobId, about: aboutJob(row), seconds: { low, likely, high }, wattHours },
      ]),
    );
  };

  const price = (now: Settings): void =>
    safely(() => {
      const fact = pricesOf(now, clock.now());
      const before = queue.facts({ kinds: ['prices'] }).at(-1);
      if (!before || JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...fact, at: 0 }))
        queue.addFacts([fact]);
    });

  price(settings.get());
  const leave = [
    settings.subscribe(price),
    queue.subscribe({ event: hear }),
    parts.every(LOOK_MS, () => {
      if (running.size === 0 || looking) return;
      looking = true;
      writing = writing.then(async () => {
        await parts.meter.look().catch(() => undefined);
        looking = false;
      });
    }),
    parts.every(STRETCH_MS, () => {
      if (running.size > 0) write([...running].map(([jobId, work]) => ({ jobId, work })));
    }),
  ];
  return {
    async stop() {
      for (const each of leave) each();
      if (running.size > 0) write([...running].map(([jobId, work]) => ({ jobId, work })));
      await writing;
    },
  };
}

/** The prices that the settings say, as a fact. */
export function pricesOf({ cost }: Pick<Settings, 'cost'>, at: number): FactOf<'prices'> {
  const { currency, pricePerKWh, machinePrice, machineYears, machineHoursPerYear, reviewPerHour } = cost;
  const machinePerHour = machinePrice / (machineYears * machineHoursPerYear);
  const assumed = JSON.stringify(cost) === JSON.stringify(DEFAULT_SETTINGS.cost);
  return { kind: 'prices', at, assumed, currency, pricePerKWh, machinePerHour, reviewPerHour };
}

/** How an attempt ended, by the state its job went to. */
function endOf({ state, problem }: JobEvent): NonNullable<FactOf<'spent'>['ended']> {
  if (state === 'failed' || state === 'cancelled') return state;
  if (state === 'queued') return problem ? 'lost' : 'released';
  return 'rendered';
}
