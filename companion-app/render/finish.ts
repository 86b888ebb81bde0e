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
  type ClipFacts,
  type ClipOrder,
  type Picture,
} from '../media';
import { burntMask, checkTake, evidence, Looker, LOOK_WIDTH, sampleFrames, unusable, type Look } from '../review';
import { reduced } from './burnt';
import type { Report } from './progress';

export interface Finished {
  readonly clip: ClipOrder;
  /** With the moves that were really animated. */
  readonly shot: Shot;
  /** The clip's frame with which the shot begins: those before it and after the shot are handles. */
  readonly from: number;
  readonly engine: string;
  readonly boards: readonly BoardPicture[];
  /** The shot's first frame before anything was burnt in, THUMBNAIL_WIDTH wide; absent where nothing was. */
  readonly clean: Picture | undefined;
  /** Somebody waits for a preview: its proxy is made in haste. */
  readonly quality: 'preview' | 'full';
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
  const { clip, shot, from, engine, boards, clean } = finished;
  report(0, 4, 'Checking the clip');
  if (boards.length === 0) throw new InbetweenError({ code: 'shot-invalid', message: `${shot.name} has no board.` });
  const proxy = proxyPath(clip, shot.frames);
  if (proxy !== clip.path) written.push(proxy);
  const keys = keyFrames(shot.frames).map((frame) => from + frame);
  const grabbed = grabFrames(clip, keys, { width: THUMBNAIL_WIDTH, signal });
  const looked = lookedAt(finished, proxy === clip.path ? undefined : proxy, grabbed, signal);
  const works = [counted(clip, signal), grabbed, looked] as const;
  // Nothing is left running when one of them fails.
  await Promise.allSettled(works);
  const [facts, pictures, look] = await Promise.all(works);
  const [shown] = pictures;
  if (!shown) throw new InbetweenError({ code: 'shot-empty', message: `${shot.name} has no frames.` });
  report(2, 4, 'Checking the clip');
  const checks = await checkTake({
    ...{ clip: facts, ordered: clip, shot, engine, boards },
    ...{ look, first: { shown, clean } },
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
  return { thumbnails, checks: await withPictures(finished, checks, thumbnails, written, signal), proxy };
}

/** What ffprobe finds in the clip. Throws 'check-failed' unless it has the frames that were ordered. */
async function counted(clip: ClipOrder, signal: AbortSignal): Promise<ClipFacts> {
  const facts = await probeClip(clip.path, { signal });
  refuse(facts.frames === clip.frames ? [] : [`${facts.frames} of ${clip.frames} frames`]);
  return facts;
}

/** The clip gone through once, what was burnt in left out; on the way its proxy is made, where one is to be. */
async function lookedAt(
  { clip, shot, from, clean, quality }: Finished,
  proxy: string | undefined,
  grabbed: Promise<readonly Picture[]>,
  signal: AbortSignal,
): Promise<Look> {
  const [shown] = clean ? await grabbed : [];
  const looker = new Looker(sampleFrames(shot), clean && shown && (await maskOf(clip, clean, shown)));
  const order = { ...clip, width: LOOK_WIDTH, proxy, own: { from, frames: shot.frames }, haste: quality === 'preview' };
  // Only the shot's own frames are judged.
  const see = (picture: Picture, frame: number): void => {
    if (frame >= from && frame < from + shot.frames) looker.see(picture, frame - from);
  };
  await lookThrough(order, see, signal);
  return looker.done();
}

/** Where the clip's proxy lies: an H.264 clip that is small enough and has no handles is its own. */
function proxyPath(clip: ClipOrder, frames: number): string {
  const plays = clip.codec === 'h264' && proxySize(clip.size).width === clip.size.width && clip.frames === frames;
  return plays ? clip.path : `${clip.path}.proxy.mp4`;
}

/** What is burnt in, at the size in which the clip is looked at. */
async function maskOf(clip: ClipOrder, clean: Picture, shown: Picture): Promise<Uint8Array> {
  const { width, height } = lookSize(clip.size, LOOK_WIDTH);
  const [a, b] = await Promise.all([clean, shown].map((picture) => reduced({ ...picture, index: 0 }, width, height)));
  return a && b ? burntMask(a, b) : new Uint8Array(width * height);
}

/** Each failed check with a picture of its own, each passed one with the thumbnail of the frame it is about, if any. */
async function withPictures(
  { clip, shot, from: lead }: Finished,
  checks: Awaited<ReturnType<typeof checkTake>>,
  thumbnails: readonly string[],
  written: string[],
  signal: AbortSignal,
): Promise<Check[]> {
  const pictures = new Map<string, string>();
  for (const { check, frames } of evidence(checks, shot.frames)) {
    const file = path.join(
      path.dirname(clip.path),
      `${path.basename(clip.path)}.${check.name.replace(/\W+/g, '-')}.jpg`,
    );
    written.push(file);
    const inClip = frames.map((frame) => lead + frame);
    await writeThumbnail(file, await strip(await grabFrames(clip, inClip, { width: EVIDENCE_WIDTH, signal })));
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
