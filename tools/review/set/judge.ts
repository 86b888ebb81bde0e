/** A planted clip through real ffmpeg and all checks, as a take goes; what was found against what was planted. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { encodeClip, grabFrames, lookThrough, probeClip, type Picture } from '../../../companion-app/media';
import { burntMask, checkTake, Looker, LOOK_WIDTH, sampleFrames, type Check } from '../../../companion-app/review';
import { bases, type Base, type Boards } from './bases';
import type { Dice } from './dice';
import { cleanWithWords, FAULTS, type Planted } from './faults';

/** Encodes into `folder`, checks, removes the file. */
export async function judged(planted: Planted, folder: string): Promise<Check[]> {
  const { shot, frames, ordered, clean, engine } = planted;
  const [first] = frames;
  if (!first) throw new RangeError(`${planted.name} has no frames.`);
  const size = { width: first.width, height: first.height };
  const clip = {
    path: path.join(folder, 'clip.mp4'),
    size,
    rate: shot.rate,
    frames: frames.length,
    codec: 'h264' as const,
  };
  await encodeClip(clip, of(frames));
  const facts = await probeClip(clip.path);
  const [shown = first] = await grabFrames(clip, [0]);
  const mask = clean && burntMask(await small(clean), await small(shown));
  const looker = new Looker(sampleFrames(shot), mask);
  await lookThrough({ ...clip, width: LOOK_WIDTH }, (picture, frame) => looker.see(picture, frame));
  const checks = await checkTake({
    clip: facts,
    ordered: {
      frames: ordered?.frames ?? frames.length,
      size: { ...size, width: ordered?.width ?? size.width },
      rate: ordered?.rate ?? shot.rate,
      codec: 'h264',
    },
    ...{ shot, engine, look: looker.done(), first: { shown, clean }, boards: planted.boards },
  });
  await rm(clip.path);
  return checks;
}

async function* of(frames: readonly Picture[]): AsyncGenerator<Picture> {
  for (const frame of frames) yield await Promise.resolve(frame);
}

async function small(picture: Picture): Promise<Picture> {
  const height = Math.round((picture.height * LOOK_WIDTH) / picture.width);
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const rgb = await sharp(picture.rgb, { raw }).resize(LOOK_WIDTH, height, { fit: 'fill' }).raw().toBuffer();
  return { width: LOOK_WIDTH, height, rgb: new Uint8Array(rgb) };
}

export interface SetWish {
  readonly boards: Boards;
  readonly moves: Parameters<typeof bases>[1];
  /** How often each fault is planted. */
  readonly times: number;
  readonly dice: Dice;
  /** Names of the faults that are planted; all where absent. */
  readonly faults?: readonly string[];
}

/** Clean clips first, then each fault planted so often, spread over the clean clips that can hold it. */
export async function* clips({
  boards,
  moves,
  times,
  dice,
  faults = Object.keys(FAULTS),
}: SetWish): AsyncGenerator<Planted> {
  const clean: Base[] = [];
  for await (const base of bases(boards, moves)) {
    clean.push(base);
    yield { ...base, fault: '', must: [], may: [] };
  }
  for (const base of clean.filter((_, i) => i % 9 === 0)) yield cleanWithWords(base);
  for (const name of faults) {
    const fault = FAULTS[name];
    if (!fault) throw new RangeError(`There is no fault "${name}".`);
    const { needs, plant } = fault;
    const fit = clean.filter(needs);
    for (let n = 0; n < Math.min(times, fit.length); n += 1) {
      const base = fit[Math.floor((n * fit.length) / Math.min(times, fit.length))];
      if (!base) continue;
      const other = clean.find(({ boards: [board] }) => board !== base.boards[0]) ?? base;
      yield { ...base, ...(await plant(base, other, dice)) };
    }
  }
}

/** Right and wrong words of one check. */
export interface Tally {
  found: number;
  missed: number;
  wrong: number;
  /** Clips in which it passed and should. */
  passed: number;
}

export class Score {
  readonly tallies = new Map<string, Tally>();
  /** In words: what was missed or wrongly flagged. */
  readonly errors: string[] = [];
  clean = 0;
  faulty = 0;
  /** Clean clips without any flag. */
  cleanPassed = 0;

  add(planted: Planted, checks: readonly Check[]): void {
    const failed = new Map(checks.filter(({ ok }) => !ok).map((check) => [check.name, check]));
    if (planted.must.length === 0) {
      this.clean += 1;
      if (failed.size === 0) this.cleanPassed += 1;
    } else this.faulty += 1;
    const about = `${planted.fault || 'clean'}: ${planted.name}`;
    for (const name of new Set([...planted.must, ...checks.map((check) => check.name)])) {
      const tally = this.tallies.get(name) ?? { found: 0, missed: 0, wrong: 0, passed: 0 };
      this.tallies.set(name, tally);
      const check = failed.get(name);
      if (planted.must.includes(name)) {
        if (check) tally.found += 1;
        else {
          tally.missed += 1;
          this.errors.push(
            `missed by ${name} — ${about} (${checks.find((each) => each.name === name)?.detail ?? 'not looked at'})`,
          );
        }
      } else if (!planted.may.includes(name)) {
        if (check) {
          tally.wrong += 1;
          this.errors.push(`wrongly flagged by ${name} — ${about} (${check.detail})`);
        } else tally.passed += 1;
      }
    }
  }
}
