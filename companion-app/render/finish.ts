/** A finished clip looked at: probed, gone through once, checked; its thumbnails, its proxy, and a picture of every fault found. */
import path from 'node:path';
import sharp from 'sharp';
import { InbetweenError } from '../../shared/problem';
import type { Check, Take } from '../../shared/protocol';
import type { Shot } from '../../shared/shot';
import type { BoardPicture } from '../engines/engine';
import {
  grabFrames,
  keyFrames,
  lookSize,
  lookThrough,
  probeClip,
  proxySize,
  writeThumbnail,
  type ClipOrder,
  type Picture,
} from '../media';
import { burntMask, checkTake, evidence, Looker, LOOK_WIDTH, sampleFrames, unusable } from '../review';
import { reduced } from './burnt';
import type { Report } from './progress';

export interface Finished {
  readonly clip: ClipOrder;
  /** With the moves that were really animated. */
  readonly shot: Shot;
  readonly engine: string;
  readonly boards: readonly BoardPicture[];
  /** Frame 0 before anything was burnt in, THUMBNAIL_WIDTH wide; absent where nothing was. */
  readonly clean: Picture | undefined;
}

export const THUMBNAIL_WIDTH = 480;
/** Width of each frame in a picture of a fault. */
const EVIDENCE_WIDTH = 320;
const GAP = 6;

/** Files written are added to `written`. Throws 'check-failed' for a clip that is not what was ordered. */
export async function finish(
  finished: Finished,
  { written, signal, report }: { written: string[]; signal: AbortSignal; report: Report },
): Promise<Pick<Take, 'thumbnails' | 'checks' | 'proxy'>> {
  const { clip, shot, engine, boards, clean } = finished;
  report(0, 4, 'Checking the clip');
  const facts = await probeClip(clip.path, { signal });
  refuse(facts.frames === clip.frames ? [] : [`${facts.frames} of ${clip.frames} frames`]);
  const keys = keyFrames(clip.frames);
  const pictures = await grabFrames(clip, keys, { width: THUMBNAIL_WIDTH, signal });
  const [shown] = pictures;
  if (!shown || boards.length === 0)
    throw new InbetweenError({ code: 'shot-invalid', message: `${shot.name} has no board.` });
  const proxy = proxyPath(clip);
  if (proxy !== clip.path) written.push(proxy);
  const looker = new Looker(sampleFrames(shot), clean && (await maskOf(clip, clean, shown)));
  const order = { ...clip, width: LOOK_WIDTH, proxy: proxy === clip.path ? undefined : proxy };
  await lookThrough(order, (picture, frame) => looker.see(picture, frame), signal);
  report(2, 4, 'Checking the clip');
  const checks = await checkTake({
    ...{ clip: facts, ordered: clip, shot, engine, boards },
    ...{ look: looker.done(), first: { shown, clean } },
  });
  refuse(unusable(checks).map(({ detail }) => detail));
  report(3, 4, 'Making thumbnails');
  const thumbnails: string[] = [];
  for (const [i, picture] of pictures.entries()) {
    const file = `${clip.path}.frame-${keys[i] ?? 0}.jpg`;
    written.push(file);
    await writeThumbnail(file, picture);
    thumbnails.push(file);
  }
  return { thumbnails, checks: await withPictures(clip, checks, thumbnails, written, signal), proxy };
}

/** Where the clip's proxy lies: an H.264 clip that is small enough is its own. */
function proxyPath(clip: ClipOrder): string {
  return clip.codec === 'h264' && proxySize(clip.size).width === clip.size.width ? clip.path : `${clip.path}.proxy.mp4`;
}

/** What is burnt in, at the size in which the clip is looked at. */
async function maskOf(clip: ClipOrder, clean: Picture, shown: Picture): Promise<Uint8Array> {
  const { width, height } = lookSize(clip.size, LOOK_WIDTH);
  const [a, b] = await Promise.all([clean, shown].map((picture) => reduced({ ...picture, index: 0 }, width, height)));
  return a && b ? burntMask(a, b) : new Uint8Array(width * height);
}

/** Each failed check with a picture of its own, each passed one with the thumbnail of the frame it is about, if any. */
async function withPictures(
  clip: ClipOrder,
  checks: Awaited<ReturnType<typeof checkTake>>,
  thumbnails: readonly string[],
  written: string[],
  signal: AbortSignal,
): Promise<Check[]> {
  const pictures = new Map<string, string>();
  for (const { check, frames } of evidence(checks, clip.frames)) {
    const file = path.join(
      path.dirname(clip.path),
      `${path.basename(clip.path)}.${check.name.replace(/\W+/g, '-')}.jpg`,
    );
    written.push(file);
    await writeThumbnail(file, await strip(await grabFrames(clip, frames, { width: EVIDENCE_WIDTH, signal })));
    pictures.set(check.name, file);
  }
  return checks.map(({ frames, ...check }) => {
    const picture = pictures.get(check.name) ?? (frames ? thumbnails[0] : undefined);
    return {
      ...check,
      ...(frames && { frames: frames.map(([from, to]): [number, number] => [from, to]) }),
      ...(picture !== undefined && { picture }),
    };
  });
}

/** Pictures of one size side by side. */
async function strip(pictures: readonly Picture[]): Promise<Picture> {
  const [first] = pictures;
  if (!first) throw new RangeError('A picture of nothing cannot be made.');
  const width = pictures.length * (first.width + GAP) - GAP;
  const { data, info } = await sharp({ create: { width, height: first.height, channels: 3, background: '#404040' } })
    .composite(
      pictures.map((picture, i) => ({
        input: Buffer.from(picture.rgb),
        raw: { width: picture.width, height: picture.height, channels: 3 as const },
        left: i * (first.width + GAP),
        top: 0,
      })),
    )
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new InbetweenError({
    code: 'check-failed',
    message: `The clip is not what was ordered: ${faults.join('; ')}.`,
    safe: 'It was not kept; the timeline is untouched.',
    action: 'Render this shot again; if it fails again, choose another codec.',
    retry: true,
  });
}
