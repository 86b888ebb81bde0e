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
import { clipMedia } from './media';
import { kindOf, nodeOf, type OtioNode } from './schema';
import { spanOf, type Span } from './time';
import { markersOf, wordsOf } from './words';

const zFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});
const TRACK = new Set(['Track', 'Sequence']);

const frames = (tracks: readonly ReadTrack[]): number =>
  Math.max(0, ...tracks.flatMap((track) => track.clips.map((clip) => clip.start + clip.frames)));

/** Ours are under one key; the fields that are words of a board are not facts. */
function factsOf(node: OtioNode): ReadClip['facts'] {
  return zFacts.parse(node.metadata.inbetween ?? {});
}

class Reader {
  constructor(
    private readonly rate: FrameRate,
    private readonly warnings: Warnings,
    private readonly budget: ClipBudget,
  ) {}

  track(node: OtioNode, number: number, depth: number): { track: ReadTrack; frames: number } {
    if (depth > IN_LIMITS.nesting) throw new FormatFault('its stacks are nested too deep');
    const kind = node.kind.toLowerCase() === 'audio' ? 'audio' : 'video';
    const clips: ReadClip[] = [];
    let at = 0;
    for (const value of TRACK.has(kindOf(node)) ? node.children : [node]) {
      const child = nodeOf(value);
      if (child === null || kindOf(child) === 'Transition') continue;
      this.budget.take();
      const { clip, length } = this.item(child, at, kind, depth);
      if (clip) clips.push(clip);
      at += Math.max(0, length);
    }
    const name = node.name === '' || !TRACK.has(kindOf(node)) ? `${kind === 'video' ? 'V' : 'A'}${number}` : node.name;
    return { track: { name, kind, enabled: node.enabled, clips: settle(clips, this.warnings) }, frames: at };
  }

  private item(
    node: OtioNode,
    start: number,
    kind: 'video' | 'audio',
    depth: number,
  ): { clip?: ReadClip; length: number } {
    const trim = node.source_range ? spanOf(node.source_range, this.rate) : null;
    if (kindOf(node) === 'Gap') return { length: trim?.frames ?? 0 };
    if (kindOf(node) === 'Clip') return this.clip(node, start, kind, trim);
    if (kindOf(node) !== 'Stack' && !TRACK.has(kindOf(node))) {
      this.warnings.add(`An item of the unknown kind "${node.OTIO_SCHEMA}" was passed over.`);
      return { length: trim?.frames ?? 0 };
    }
    const inner = kindOf(node) === 'Stack' ? this.stack(node, depth + 1) : [this.track(node, 1, depth + 1).track];
    const span = trim ?? { start: 0, frames: frames(inner) };
    if (span.frames < 1) return { length: 0 };
    const video = inner.filter((track) => track.kind === 'video');
    const within = trimTracks(video, this.rate, this.rate, { sourceIn: span.start, frames: span.frames });
    return {
      length: span.frames,
      clip: {
        ...this.common(node, start, span),
        media: { path: '', kind: kind === 'audio' ? 'sound' : 'movie' },
        takes: [],
        ...(kind === 'video' ? { within } : {}),
      },
    };
  }

  private clip(node: OtioNode, start: number, kind: 'video' | 'audio', trim: Span | null) {
    const { media, takes, from } = clipMedia(node, kind === 'audio', this.rate);
    const span = trim ?? { start: from, frames: media.frames ?? 0 };
    if (span.frames < 1) this.warnings.add(`The clip "${node.name}" has no length and was left out.`);
    if (span.frames < 1) return { length: 0 };
    const sourceIn = span.start >= from ? span.start - from : span.start;
    return { length: span.frames, clip: { ...this.common(node, start, span), sourceIn, media, takes } };
  }

  private common(node: OtioNode, start: number, span: Span) {
    return {
      name: node.name,
      start,
      frames: span.frames,
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
    if (kindOf(node) !== 'Stack') return [this.track(node, 1, depth).track];
    const numbers = { Audio: 0, Video: 0 };
    return node.children.flatMap((value) => {
      const child = nodeOf(value);
      if (child === null) return [];
      const kind = child.kind.toLowerCase() === 'audio' ? 'Audio' : 'Video';
      numbers[kind] += 1;
      return [this.track(child, numbers[kind], depth).track];
    });
  }
}

/** Video tracks bottom to top, then audio tracks. Throws FormatFault beyond the limits. */
export function readStack(node: OtioNode, rate: FrameRate, warnings: Warnings, budget: ClipBudget): ReadTrack[] {
  const tracks = new Reader(rate, warnings, budget).stack(node, 0);
  return [...tracks.filter((t) => t.kind === 'video'), ...tracks.filter((t) => t.kind === 'audio')];
}
