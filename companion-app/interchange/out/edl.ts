/** CMX 3600 edit list, Premiere's way: reel AX, one video track, clip names and notes as comments. */
import { formatTimecode } from '../../../shared/shot';
import type { Timeline } from '../timeline';

const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();

/** One video track as an edit list, without disabled clips: it has no way to say so. CMX 3600 holds 999 events; throws RangeError beyond that. */
export function writeEdl(timeline: Timeline, trackName: string): string {
  const track = timeline.tracks.find((t) => t.kind === 'video' && t.name === trackName);
  const clips = (track?.clips ?? []).filter((clip) => clip.enabled).sort((a, b) => a.start - b.start);
  if (clips.length > 999) throw new RangeError(`A CMX 3600 list holds 999 events, this track has ${clips.length}.`);
  const { rate, dropFrame, startFrame } = timeline;
  const tc = (frame: number): string => formatTimecode(frame, rate, dropFrame);
  const lines = [
    `TITLE: ${oneLine(timeline.name).slice(0, 70)}`,
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
