/** A storyboard's dialogue in the simulated Premiere: under its boards, to the frame, on tracks that are made where there are none. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { locateFfmpeg } from '../../../companion-app/media';
import type { SequencePlan } from '../../../shared/protocol';
import { RATES } from '../../../shared/shot';
import { newStage, strike, type Stage } from './stage';

afterEach(strike);

const rate = RATES['23.976'];

async function tone(stage: Stage, name: string, seconds: number): Promise<string> {
  const file = path.join(path.dirname(await stage.picture(`beside-${name}.png`)), name);
  const { ffmpeg } = await locateFfmpeg();
  execFileSync(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-y', file]);
  return file;
}

async function planned(stage: Stage): Promise<SequencePlan> {
  const [one, two] = [await tone(stage, 'one.wav', 4), await tone(stage, 'two.wav', 3)];
  return {
    ...{ name: 'SQ020 talk', rate, dropFrame: false, timecodeZero: 0, size: { width: 1920, height: 1080 } },
    boards: [
      { path: await stage.picture('SH010.png'), startFrame: 0, frames: 48 },
      { path: await stage.picture('SH020.png'), startFrame: 48, frames: 72 },
    ],
    markers: [],
    sounds: [
      { path: one, track: 0, startFrame: 0, frames: 60, inFrame: 0 },
      { path: two, track: 1, startFrame: 48, frames: 40, inFrame: 0 },
      { path: one, track: 0, startFrame: 80, frames: 24, inFrame: 12 },
    ],
  };
}

const heard = (stage: Stage): unknown[][] =>
  (stage.project.sequences.find(({ name }) => name === 'SQ020 talk')?.snapshot().audio ?? []).map(({ items }) =>
    items.map((item) => `${path.basename(item.path)} ${item.startFrame}+${item.frames}`),
  );

test('every sound lies at its frame with its length; trying again lays nothing twice', async () => {
  const stage = await newStage({});
  const plan = await planned(stage);
  await stage.host.newSequence(plan);
  const asAsked = [['one.wav 0+60', 'one.wav 80+24'], ['two.wav 48+40']];
  expect(heard(stage).filter((items) => items.length > 0)).toEqual(asAsked);
  const before = stage.project.undoStack.length;
  await stage.host.newSequence(plan);
  expect(heard(stage).filter((items) => items.length > 0)).toEqual(asAsked);
  expect(stage.project.undoStack.length).toBe(before);
});

test('the boards keep their frames under it, and a sound that is not there is told', async () => {
  const stage = await newStage({});
  const plan = await planned(stage);
  const gone = {
    path: path.join(path.dirname(plan.boards[0]!.path), 'nowhere.wav'),
    track: 0,
    startFrame: 0,
    frames: 10,
    inFrame: 0,
  };
  await expect(stage.host.newSequence({ ...plan, sounds: [gone] })).rejects.toMatchObject({
    problem: { code: 'host-import-failed' },
  });
  await stage.host.newSequence(plan);
  const made = stage.project.sequences.find(({ name }) => name === plan.name)?.snapshot();
  expect(made?.video[0]?.items.map(({ startFrame, frames }) => [startFrame, frames])).toEqual([
    [0, 48],
    [48, 72],
  ]);
});
