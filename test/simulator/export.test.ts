import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { TickTime } from '@adobe/premierepro';
import sharp from 'sharp';
import type { ExportFault } from '../premiere-simulator';
import { files, scene, type Files, type Scene } from './fixtures';

let media: Files;
let out: string;
let s: Scene;

beforeAll(() => {
  media = files();
  out = path.join(media.folder, 'out');
  mkdirSync(out);
});
afterAll(() => media.remove());
beforeEach(async () => {
  s = await scene({}, 2);
  await s.timeline.addStill({ path: await media.still('red.png', '#ff0000'), start: 0, frames: 24, name: 'red' });
});
afterEach(() => s.sim.dispose());

const at = (frame: number): TickTime =>
  s.sim.ppro.TickTime.createWithTicks((BigInt(frame) * s.timeline.ticksPerFrame).toString());
const grab = (name: string, frame = 0, folder = out): Promise<boolean> =>
  s.sim.ppro.Exporter.exportSequenceFrame(s.sequence, at(frame), name, folder, 64, 36);
const there = (name: string): boolean => existsSync(path.join(out, name));

/** Colour of the middle of a PNG. */
async function middle(name: string): Promise<number[]> {
  const { data } = await sharp(path.join(out, name))
    .extract({ left: 32, top: 18, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}

it('writes the composite as a real PNG of the asked size', async () => {
  expect(await grab('plain.png')).toBe(true);
  expect(await middle('plain.png')).toEqual([255, 0, 0]);
  expect(await sharp(path.join(out, 'plain.png')).metadata()).toMatchObject({ format: 'png', width: 64, height: 36 });
});

it('shows an older take that covers the board, and the board once the take is disabled', async () => {
  const take = await s.timeline.addClip({ path: media.clip('take.mov', 12), start: 0, track: 1 });
  await grab('covered.png', 3);
  const [grey] = await middle('covered.png');
  expect(grey).toBeGreaterThan(20);
  expect(await middle('covered.png')).toEqual([grey, grey, grey]);
  s.sim.user.setEnabled(take, false);
  await grab('bare.png', 3);
  expect(await middle('bare.png')).toEqual([255, 0, 0]);
});

it('shows exactly the frame of a clip that lies under the time', async () => {
  await s.timeline.addClip({ path: media.clip('ramp.mov', 12), start: 6, track: 1 });
  const greys: number[] = [];
  for (const frame of [6, 7, 8, 17]) {
    await grab(`ramp-${frame}.png`, frame);
    greys.push((await middle(`ramp-${frame}.png`))[0]!);
  }
  const steps = greys.map((grey) => Math.round((grey - greys[0]!) / (10 * (255 / 219))));
  expect(steps).toEqual([0, 1, 2, 11]);
  await grab('after.png', 18);
  expect(await middle('after.png')).toEqual([255, 0, 0]);
});

it('does not show what createMoveAction made invisible, and black where nothing lies', async () => {
  const [item] = (await s.sequence.getVideoTrack(0)).getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
  s.commit('Move', () => item!.createMoveAction(at(1)));
  await grab('moved.png', 5);
  await grab('empty.png', 500);
  expect([await middle('moved.png'), await middle('empty.png')]).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

it.each<[ExportFault, boolean, boolean, string | null]>([
  ['true-but-missing', true, false, null],
  ['false-but-written', false, true, 'x.png'],
  ['false-missing', false, false, null],
  ['late', true, false, 'x.png'],
  ['double-extension', true, false, 'x.png.png'],
  ['late-double-extension', true, false, 'x.png.png'],
])('can fail as %s', async (fault, answer, atOnce, finally_) => {
  const name = `${fault}.png`;
  s.sim.faults.exports.push(fault);
  expect(await grab(name)).toBe(answer);
  expect(there(name)).toBe(atOnce);
  await s.sim.clock.sleep(5000);
  for (let n = 0; n < 50 && finally_ !== null && !there(finally_.replace('x', fault)); n++)
    await new Promise((done) => setTimeout(done, 10));
  expect([there(name), there(`${name}.png`)]).toEqual([finally_ === 'x.png', finally_ === 'x.png.png']);
});

it('can reject', async () => {
  s.sim.faults.exports.push('throws');
  await expect(grab('throws.png')).rejects.toThrow('Export failed.');
});

it('fails one call at a time, in the order of the list', async () => {
  s.sim.faults.exports.push('false-missing', null);
  s.sim.faults.everyExport = 'false-missing';
  expect([await grab('one.png'), await grab('two.png'), await grab('three.png')]).toEqual([false, true, false]);
});

it('says nothing of a folder that is not there', async () => {
  expect(await grab('lost.png', 0, path.join(out, 'nowhere'))).toBe(true);
});

it('may not be called under the lock, nor twice at once', async () => {
  s.project.lockedAccess(() => {
    expect(() => void grab('locked.png')).toThrow('locked');
  });
  expect(await Promise.all([grab('first.png'), grab('second.png')])).toEqual([true, false]);
  expect(s.sim.hazards.map((hazard) => hazard.kind)).toEqual(['export', 'export']);
});
