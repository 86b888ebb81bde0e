import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FolderItem, ProjectItem } from '@adobe/premierepro';
import { files, scene, type Files, type Scene } from './fixtures';

let media: Files;
let s: Scene;
let clip: string;

beforeAll(() => {
  media = files();
  clip = media.clip('SH010_t01.mov', 12);
});
afterAll(() => media.remove());
beforeEach(async () => {
  s = await scene();
});
afterEach(() => s.sim.dispose());

const names = (): string[] => s.built.bin().map((entry) => entry.path);
const settle = (): Promise<void> => s.sim.clock.sleep(5000);

async function animatics(): Promise<{ folder: FolderItem; raw: ProjectItem }> {
  const root = await s.project.getRootItem();
  s.commit('Make bin', () => root.createBinAction('Animatics', false));
  const raw = (await root.getItems()).find((item) => item.name === 'Animatics')!;
  return { raw, folder: s.sim.ppro.FolderItem.cast(raw) };
}

it('answers before the item is there, and registers it late, in its bin, out of the undo stack', async () => {
  const { raw, folder } = await animatics();
  const steps = s.built.undoStack.length;
  expect(await s.project.importFiles([clip], true, raw, false)).toBe(true);
  expect(await folder.getItems()).toEqual([]);
  await settle();
  expect((await folder.getItems()).map((item) => item.name)).toEqual(['SH010_t01.mov']);
  expect(s.built.undoStack).toHaveLength(steps);
});

it('keeps an import through undo and redo', async () => {
  const root = await s.project.getRootItem();
  s.commit('Other bin', () => root.createBinAction('Refs', false));
  await s.project.importFiles([clip], true, s.sim.ppro.ProjectItem.cast(root), false);
  await settle();
  s.sim.user.undo();
  expect(names()).toEqual(['SH010_t01.mov', 'SQ010']);
  s.sim.user.redo();
  expect(names()).toEqual(['Refs/', 'SH010_t01.mov', 'SQ010']);
});

it('answers true for a missing file, and brings nothing', async () => {
  expect(await s.project.importFiles([path.join(media.folder, 'gone.mov')], true)).toBe(true);
  await settle();
  expect([names(), s.sim.modals]).toEqual([['SQ010'], []]);
});

it('throws for an undefined bin', () => {
  expect(() => s.project.importFiles([clip], true, undefined, false)).toThrow('Invalid parameter.');
});

it('refuses a clip as bin', async () => {
  await s.project.importFiles([clip], true);
  await settle();
  const item = (await (await s.project.getRootItem()).getItems()).find((other) => other.name === 'SH010_t01.mov')!;
  expect(() => s.project.importFiles([clip], true, item, false)).toThrow('Invalid parameter.');
});

it.each([
  ['a format it does not know', 'take.webm', 'x'],
  ['a truncated clip', 'broken.mov', 'not a movie'],
  ['an empty file', 'empty.mp4', ''],
])('hangs in a dialog for %s until a person closes it', async (_what, name, content) => {
  const file = path.join(media.folder, name);
  writeFileSync(file, content);
  let answer: boolean | null = null;
  const running = s.project.importFiles([file], true).then((done) => (answer = done));
  await settle();
  expect(s.sim.modals).toMatchObject([{ path: file }]);
  expect(answer).toBeNull();
  expect(s.sim.user.dismissModal()).toBe(true);
  await running;
  await settle();
  expect([names(), s.sim.modals]).toEqual([['SQ010'], []]);
});

it('can lose an import, or deny one that went well', async () => {
  s.sim.faults.importsLost.push(true);
  expect(await s.project.importFiles([clip], true)).toBe(true);
  await settle();
  expect(names()).toEqual(['SQ010']);
  s.sim.faults.importsDenied.push(true);
  expect(await s.project.importFiles([clip], true)).toBe(false);
  await settle();
  expect(names()).toEqual(['SH010_t01.mov', 'SQ010']);
});

it('imports the same file twice when asked twice', async () => {
  await s.project.importFiles([clip, clip], true);
  await settle();
  expect(names()).toEqual(['SH010_t01.mov', 'SH010_t01.mov', 'SQ010']);
});

it('spells media paths as it likes', async () => {
  s.sim.faults.spellPath = (file) => file.replaceAll('/', '\\');
  await s.project.importFiles([clip], true);
  await settle();
  const item = (await (await s.project.getRootItem()).getItems()).find((other) => other.name === 'SH010_t01.mov')!;
  expect(await s.sim.ppro.ClipProjectItem.cast(item).getMediaFilePath()).toBe(clip.replaceAll('/', '\\'));
});

it.each([
  ['24000/1001', 12, 12n * 10594584000n],
  ['25', 10, 10n * 10160640000n],
  ['30000/1001', 7, 7n * 8475667200n],
])('probes a clip at %s: %i frames', async (rate, frames, ticks) => {
  const file = media.clip(`probe-${frames}.mp4`, frames, { rate });
  await s.project.importFiles([file], true);
  await settle();
  const item = (await (await s.project.getRootItem()).getItems()).find((other) => other.name === path.basename(file))!;
  const video = s.sim.ppro.Constants.MediaType.VIDEO;
  expect((await s.sim.ppro.ClipProjectItem.cast(item).getOutPoint(video)).ticks).toBe(ticks.toString());
});

it('lays the sound of a clip that has any on the audio track, linked', async () => {
  const file = media.clip('sound.mp4', 24, { sound: true });
  await s.timeline.addStill({ path: await media.still('b.png', '#fff'), start: 0, frames: 48 });
  await s.timeline.addAudio({ path: media.sound('dialogue.wav', 2), start: 0, frames: 48 });
  await s.project.importFiles([file], true);
  await settle();
  const item = (await (await s.project.getRootItem()).getItems()).find((other) => other.name === 'sound.mp4')!;
  const editor = s.sim.ppro.SequenceEditor.getEditor(s.sequence);
  s.commit('Place', () => editor.createOverwriteItemAction(item, s.sim.ppro.TickTime.TIME_ZERO, 0, 0));
  const { audio } = s.timeline.snapshot();
  expect(audio[0]!.items.map(({ name, frames, linked }) => [name, frames, linked])).toEqual([
    ['sound.mp4', 24, true],
    ['dialogue.wav', 24, false],
  ]);
});
