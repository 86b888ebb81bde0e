/** What the companion is told while Premiere plays or exports. */
import { BusyWatch, playsOn } from '../../../plugin/panel/work/busy';
import type { ExportEvent, Playhead } from '../../../plugin/premiere';

/** A panel's second, told by hand. */
function stage() {
  const told: boolean[] = [];
  const acts: (() => void)[] = [];
  const state = { now: 0, head: { sequenceId: 's', seconds: 0 } as Playhead | null, up: true };
  let exporting: (event: ExportEvent) => void = () => undefined;
  const watch = new BusyWatch({
    host: {
      playhead: async () => state.head,
      onExport: (handler) => {
        exporting = handler;
        return () => undefined;
      },
    },
    companion: {
      async hostBusy(busy) {
        told.push(busy);
      },
    },
    clock: {
      now: () => state.now,
      after: (_ms, act) => {
        acts.push(act);
        return () => undefined;
      },
    },
    connected: () => state.up,
  });
  watch.start();
  const second = async (seconds: number | null): Promise<void> => {
    state.now += 1_000;
    state.head = seconds === null ? null : { sequenceId: 's', seconds };
    acts.shift()?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { told, state, second, watch, exporting: (event: ExportEvent) => exporting(event) };
}

test('a playhead that goes on with time plays; one that is put elsewhere, or stands, does not', async () => {
  const { told, second } = stage();
  for (const at of [0, 40, 3, 3, 90]) await second(at); // clicked about
  expect(told).toEqual([]);
  for (const at of [91, 92.1, 93]) await second(at);
  expect(told).toEqual([true]);
  for (const at of [93, 93, 93, 93]) await second(at);
  expect(told).toEqual([true, false]);
  for (const at of [85, 77, 69]) await second(at); // J, J, J: backwards, faster
  expect(told).toEqual([true, false, true]);
  for (let i = 0; i < 4; i++) await second(null); // the sequence was closed
  expect(told).toEqual([true, false, true, false]);
});

test('an export counts from its first sign to its end, or until it has been silent for long', async () => {
  const { told, second, exporting } = stage();
  await second(0);
  exporting('exporting');
  await second(0);
  expect(told).toEqual([true]);
  exporting('exported');
  await second(0);
  expect(told).toEqual([true, false]);
  exporting('exporting');
  for (let i = 0; i < 25; i++) await second(0);
  expect(told).toEqual([true, false, true, false]);
});

test('a new connection is told again, one that is away nothing', async () => {
  const { told, state, second, watch } = stage();
  for (const at of [0, 1, 2, 3]) await second(at);
  state.up = false;
  await second(4);
  state.up = true;
  watch.connected();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect(told).toEqual([true, true]);
});

test('two sequences have nothing to do with each other', () => {
  const at = (sequenceId: string, seconds: number, now: number) => ({ at: now, head: { sequenceId, seconds } });
  expect(playsOn(at('a', 0, 0), at('b', 1, 1_000))).toBe(false);
  expect(playsOn(at('a', 0, 0), at('a', 1, 1_000))).toBe(true);
});
