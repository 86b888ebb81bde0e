/** Whatever is done to a timeline, its clips never overlap on a track, and Undo brings every earlier picture back. */
import fc from 'fast-check';
import type { ProjectItem } from '@adobe/premierepro';
import { files, scene, type Files, type Scene } from './fixtures';

let media: Files;
let board: string;
let clip: string;

beforeAll(async () => {
  media = files();
  board = await media.still('board.png', '#fff');
  clip = media.clip('take.mov', 9);
});
afterAll(() => media.remove());

const edit = fc.oneof(
  fc.record({ kind: fc.constant('overwrite' as const), frame: fc.nat(120), track: fc.nat(4) }),
  fc.record({ kind: fc.constant('insert' as const), frame: fc.nat(120), track: fc.nat(4), limit: fc.boolean() }),
  fc.record({ kind: fc.constant('move' as const), frame: fc.nat(120), track: fc.nat(3) }),
  fc.record({ kind: fc.constant('razor' as const), frame: fc.nat(120) }),
);

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

async function takeOf(s: Scene): Promise<ProjectItem> {
  await s.project.importFiles([clip], true);
  await s.sim.clock.sleep(1000);
  return (await (await s.project.getRootItem()).getItems()).find((item) => item.name === 'take.mov')!;
}

function apply(s: Scene, item: ProjectItem, step: Edit): void {
  const editor = s.sim.ppro.SequenceEditor.getEditor(s.sequence);
  const time = s.sim.ppro.TickTime.createWithTicks((BigInt(step.frame) * s.timeline.ticksPerFrame).toString());
  if (step.kind === 'overwrite') s.commit('o', () => editor.createOverwriteItemAction(item, time, step.track, 0));
  else if (step.kind === 'insert')
    s.commit('i', () => editor.createInsertProjectItemAction(item, time, step.track, 0, step.limit));
  else if (step.kind === 'move') s.sim.user.move(s.timeline.clip('board'), step);
  else s.sim.user.razor(s.timeline.clip('board'), step.frame);
}

it('holds for any series of edits', async () => {
  const s = await scene({}, 2);
  const item = await takeOf(s);
  await s.timeline.addStill({ path: board, start: 0, frames: 24, name: 'keep', track: 1 });
  await s.timeline.addStill({ path: board, start: 30, frames: 40, name: 'board' });
  const reset = fc.afterEach(() => {
    while (s.sim.user.undo());
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (steps) => {
      const pictures = [s.timeline.snapshot()];
      for (const step of steps) {
        if (!s.timeline.snapshot().video.some((track) => track.items.some(({ name }) => name === 'board'))) break;
        apply(s, item, step);
        pictures.push(s.timeline.snapshot());
      }
      for (const { items } of s.timeline.snapshot().video) {
        for (const [n, one] of items.entries()) {
          expect(one.end > one.start && one.start % s.timeline.ticksPerFrame === 0n).toBe(true);
          expect(n === 0 || items[n - 1]!.end <= one.start).toBe(true);
        }
      }
      for (const picture of pictures.slice(0, -1).reverse()) {
        expect(s.sim.user.undo()).toBe(true);
        expect(s.timeline.snapshot()).toEqual(picture);
      }
      expect(s.sim.user.undo()).toBe(false);
    }),
    { numRuns: 100, plugins: [reset] },
  );
  expect(s.sim.hazards).toEqual([]);
  s.sim.dispose();
});
