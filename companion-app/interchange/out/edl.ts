/** CMX 3600 edit list, Premiere's way: reel AX, one video track, clip names and notes as comments. */
import { formatTimecode } from '../../../shared/shot';
import type { Timeline, TimelineClip } from '../timeline';
import { oneLine } from './one-line';

/** Events of one list: their numbers have three digits. */
const EVENTS = 999;
const TITLE_LETTERS = 70;

/** Clips of a video track in order, without the disabled ones: a list has no way to say so. */
function eventsOf(timeline: Timeline, trackName: string): TimelineClip[] {
  const track = timeline.tracks.find((t) => t.kind === 'video' && t.name === trackName);
  return (track?.clips ?? []).filter((clip) => clip.enabled).sort((a, b) => a.start - b.start);
}

/** How many lists a track needs: one, or more where it has over 999 clips. */
export const edlParts = (timeline: Timeline, trackName: string): number =>
  Math.max(1, Math.ceil(eventsOf(timeline, trackName).length / EVENTS));

/** One video track as an edit list, or a part of it, counted from 1. The record timecodes of all parts are those of the one cut. */
export function writeEdl(timeline: Timeline, trackName: string, part = 1): string {
  const clips = eventsOf(timeline, trackName).slice((part - 1) * EVENTS, part * EVENTS);
  const { rate, dropFrame, startFrame } = timeline;
  const tc = (frame: number): string => formatTimecode(frame, rate, dropFrame);
  const lines = [
    `TITLE: ${Array.from(oneLine(timeline.name)).slice(0, TITLE_LETTERS).join('')}`,
    `FCM: ${dropFrame ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ];
  clips.forEach((clip, index) => {
    const event = String(index + 1).padStart(3, '0');
    const from = startFrame + clip.start;
    lines.push(
      `${event}  AX       V     C        ${tc(clip.sourceIn)} ${tc(clip.sourceIn + clip.frames)} ${tc(from)} ${tc(from + clip.frames)}`,
    );
    lines.push(`* FROM CLIP NAME: ${oneLine(clip.name)}`);
    lines.push(`* SOURCE FILE: ${oneLine(clip.media.path)}`);
    for (const m of clip.markers) {
      const text = oneLine(m.comment || m.name);
      // A note over the whole shot is a comment, a moment in it a locator.
      if (text !== '')
        lines.push(m.frame === 0 ? `* COMMENT: ${text}` : `* LOC: ${tc(from + m.frame)} GREEN   ${text}`);
    }
    if (clip.takes.length > 1) lines.push(`* TAKES: ${clip.takes.map((take) => oneLine(take.media.path)).join(' | ')}`);
    lines.push('');
  });
  return lines.join('\r\n');
}
