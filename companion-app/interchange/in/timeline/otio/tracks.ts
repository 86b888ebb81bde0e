/** OTIO compositions to tracks: lengths summed up, gaps passed over, nested stacks opened. */
import { z } from 'zod';
import type { FrameRate } from '../../../../../shared/shot';
import { IN_LIMITS } from '../../file/limits';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import type { ClipBudget } from '../budget';
import { NO_WORDS, type ReadClip, type ReadTrack } from '../model';
import { settle } from '../settle';
import { trimTracks } from '../trim';
import { before, plus, toFrames, ZERO, type Seconds } from '../seconds';
import { clipMedia } from './media';
import { kindOf, nodeOf, type OtioNode } from './schema';
import { framesIn, spanOf, speedOf, stretchOf, type Span, type Stretch } from './time';
import { markersOf, wordsOf } from './words';

const zFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});
const TRACK = new Set(['Track', 'Sequence']);

const frames = (tracks: readonly ReadTrack[]): number =>
  Math.max(0, ...tracks.flatMap((track) => track.clips.map((clip) => clip.start + clip.frames)));

/** Ours are under one key; the fields that are words of a board are not facts. */
function factsOf(node: OtioNode): ReadClip['facts'] {
  return zFacts.parse(node.metadata.inbetween ?? {});
}

/** Tracks as the range of what holds them shows them. Ranges beyond all clips, which some writers leave behind, show all. */
function shown(tracks: readonly ReadTrack[], node: OtioNode, rate: FrameRate): ReadTrack[] {
  const span = node.source_range ? spanOf(node.source_range, rate) : null;
  if (span === null || span.frames < 1) return [...tracks];
  const trimmed = trimTracks(tracks, rate, rate, { sourceIn: span.start, frames: span.frames });
  return trimmed.some((track) => track.clips.length > 0) ? trimmed : [...tracks];
}

interface Item {
  readonly clip?: ReadClip;
  readonly length: Seconds;
}

class Reader {
  constructor(
    private readonly rate: FrameRate,
    private readonly warnings: Warnings,
    private readonly budget: ClipBudget,
  ) {}

  /** Clips of a track in its own time. Lengths are summed up exactly, whatever the rates they are counted in. */
  private track(node: OtioNode, number: number, depth: number): { track: ReadTrack; length: Seconds } {
    if (depth > IN_LIMITS.nesting) throw new FormatFault('its stacks are nested too deep');
    const kind = node.kind.toLowerCase() === 'audio' ? 'audio' : 'video';
    const clips: ReadClip[] = [];
    let at = ZERO;
    for (const value of TRACK.has(kindOf(node)) ? node.children : [node]) {
      const child = nodeOf(value);
      if (child === null || kindOf(child) === 'Transition') continue;
      this.budget.take();
      const { clip, length } = this.item(child, at, kind, depth);
      if (clip) clips.push(clip);
      if (before(ZERO, length)) at = plus(at, length);
    }
    const name = node.name === '' || !TRACK.has(kindOf(node)) ? `${kind === 'video' ? 'V' : 'A'}${number}` : node.name;
    return { track: { name, kind, enabled: node.enabled, clips: settle(clips, this.warnings) }, length: at };
  }

  private item(node: OtioNode, at: Seconds, kind: 'video' | 'audio', depth: number): Item {
    const trim = node.source_range ? stretchOf(node.source_range) : null;
    if (kindOf(node) === 'Gap') return { length: trim?.duration ?? ZERO };
    if (kindOf(node) === 'Clip') return this.clip(node, at, kind, trim);
    if (kindOf(node) !== 'Stack' && !TRACK.has(kindOf(node))) {
      this.warnings.add(`An item of the unknown kind "${node.OTIO_SCHEMA}" was passed over.`);
      return { length: trim?.duration ?? ZERO };
    }
    const inner = kindOf(node) === 'Stack' ? this.stack(node, depth + 1) : [this.track(node, 1, depth + 1).track];
    const whole = { num: BigInt(frames(inner) * this.rate.den), den: BigInt(this.rate.num) };
    const stretch = trim ?? { start: ZERO, duration: whole };
    const span = framesIn(stretch, this.rate);
    if (span.frames < 1) return { length: stretch.duration };
    const video = inner.filter((track) => track.kind === 'video');
    const within = trimTracks(video, this.rate, this.rate, { sourceIn: span.start, frames: span.frames });
    return {
      length: stretch.duration,
      clip: {
        ...this.common(node, at, stretch),
        media: { path: '', kind: kind === 'audio' ? 'sound' : 'movie' },
        takes: [],
        ...(kind === 'video' ? { within } : {}),
      },
    };
  }

  private clip(node: OtioNode, at: Seconds, kind: 'video' | 'audio', trim: Stretch | null): Item {
    const { media, takes, available } = clipMedia(node, kind === 'audio', this.rate);
    const stretch = trim ?? available ?? { start: ZERO, duration: ZERO };
    if (!before(ZERO, stretch.duration)) {
      this.warnings.add(`The clip "${node.name}" has no length and was left out.`);
      return { length: ZERO };
    }
    const from = available ? toFrames(available.start, this.rate) : 0;
    const first = toFrames(stretch.start, this.rate);
    const sourceIn = first >= from ? first - from : first;
    const speed = speedOf(node.effects);
    const clip = { ...this.common(node, at, stretch), sourceIn, media, takes, ...(speed === 1 ? {} : { speed }) };
    return { length: stretch.duration, clip };
  }

  private common(node: OtioNode, at: Seconds, stretch: Stretch) {
    const span: Span = framesIn(stretch, this.rate);
    const start = toFrames(at, this.rate);
    return {
      name: node.name,
      start,
      frames: toFrames(plus(at, stretch.duration), this.rate) - start,
      sourceIn: span.start,
      markers: markersOf(node, span.start, this.rate),
      enabled: node.enabled,
      facts: factsOf(node),
      words: kindOf(node) === 'Clip' ? wordsOf(node) : NO_WORDS,
      opacity: 1,
    };
  }

  stack(node: OtioNode, depth: number): ReadTrack[] {
    if (depth > IN_LIMITS.nesting) throw new FormatFault('its stacks are nested too deep');
    if (kindOf(node) !== 'Stack') return shown([this.track(node, 1, depth).track], node, this.rate);
    const numbers = { Audio: 0, Video: 0 };
    return node.children.flatMap((value) => {
      const child = nodeOf(value);
      if (child === null) return [];
      const kind = child.kind.toLowerCase() === 'audio' ? 'Audio' : 'Video';
      numbers[kind] += 1;
      return shown([this.track(child, numbers[kind], depth).track], child, this.rate);
    });
  }
}

/** Video tracks bottom to top, then audio tracks. Throws FormatFault beyond the limits. */
export function readStack(node: OtioNode, rate: FrameRate, warnings: Warnings, budget: ClipBudget): ReadTrack[] {
  const whole = new Reader(rate, warnings, budget).stack(node, 0);
  const tracks = kindOf(node) === 'Stack' ? shown(whole, node, rate) : whole;
  return [...tracks.filter((t) => t.kind === 'video'), ...tracks.filter((t) => t.kind === 'audio')];
}
