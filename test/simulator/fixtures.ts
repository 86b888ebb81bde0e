/** Real files and a small project for the simulator's tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Action, Project, Sequence } from '@adobe/premierepro';
import sharp from 'sharp';
import {
  createSimulator,
  type ProjectBuilder,
  type SequenceBuilder,
  type Simulator,
  type SimulatorOptions,
} from '../premiere-simulator';
import { ffmpegPath } from '../premiere-simulator/media/tools';

export interface Files {
  readonly folder: string;
  still(name: string, colour: string): Promise<string>;
  /** A clip of exactly so many frames, whose frame n is grey n·10. */
  clip(name: string, frames: number, options?: { rate?: string; sound?: boolean }): string;
  sound(name: string, seconds: number): string;
  remove(): void;
}

export function files(): Files {
  const folder = mkdtempSync(path.join(tmpdir(), 'simulator-test-'));
  const at = (name: string): string => path.join(folder, name);
  const ffmpeg = (...args: string[]): void => {
    execFileSync(ffmpegPath(), ['-v', 'error', '-y', ...args]);
  };
  return {
    folder,
    still: async (name, colour) => {
      await sharp({ create: { width: 64, height: 36, channels: 3, background: colour } })
        .png()
        .toFile(at(name));
      return at(name);
    },
    clip: (name, frames, { rate = '24000/1001', sound = false } = {}) => {
      const picture = ['-f', 'lavfi', '-i', `color=black:s=64x36:r=${rate},geq=lum='16+N*10':cb=128:cr=128`];
      const noise = sound ? ['-f', 'lavfi', '-i', 'sine=frequency=440', '-shortest', '-c:a', 'aac'] : [];
      ffmpeg(
        ...picture,
        ...noise,
        '-frames:v',
        String(frames),
        '-c:v',
        'libx264',
        '-qp',
        '0',
        '-g',
        '1',
        '-pix_fmt',
        'yuv420p',
        at(name),
      );
      return at(name);
    },
    sound: (name, seconds) => {
      ffmpeg('-f', 'lavfi', '-i', `sine=frequency=220:duration=${seconds}`, at(name));
      return at(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Scene {
  readonly sim: Simulator;
  readonly built: ProjectBuilder;
  readonly timeline: SequenceBuilder;
  readonly project: Project;
  readonly sequence: Sequence;
  /** Makes the actions under the lock and commits them as one step. */
  commit(name: string, ...make: (() => Action)[]): boolean;
}

/** One project with one sequence at 23.976, seen through the host's API. */
export async function scene(options: SimulatorOptions = {}, videoTracks = 1): Promise<Scene> {
  const sim = createSimulator(options);
  const built = sim.addProject({ name: 'Boards.prproj' });
  const timeline = built.addSequence({ name: 'SQ010', videoTracks });
  const project = await sim.ppro.Project.getActiveProject();
  const sequence = await project.getActiveSequence();
  return {
    sim,
    built,
    timeline,
    project,
    sequence,
    commit: (name, ...make) => {
      let done = false;
      project.lockedAccess(() => {
        const actions = make.map((create) => create());
        done = project.executeTransaction((compound) => {
          for (const action of actions) compound.addAction(action);
        }, name);
      });
      return done;
    },
  };
}
