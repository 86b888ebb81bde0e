/** What a viewer sees at each moment of a timeline: the topmost picture, nested sequences opened. */
import type { ReadClip, ReadTrack } from '../model';

/** One picture on screen for a stretch of the timeline, half-open frames. */
export interface Shown {
  readonly clip: ReadClip;
  readonly start: number;
  readonly frames: number;
  /** Pictures of one drawing, bottom first, where the clip is a sequence of layers. */
  readonly layers: readonly ReadClip[];
}

interface Candidate extends Shown {
  readonly height: number;
}

/** A nested sequence is a drawing in layers when each of its tracks holds one still that lasts as long as all others. */
function layersOf(clip: ReadClip): ReadClip[] | null {
  const tracks = (clip.within ?? []).filter((track) => track.enabled && track.clips.some((c) => c.enabled));
  const layers = tracks.flatMap((track) => track.clips.filter((c) => c.enabled));
  if (layers.length === 0 || layers.length > tracks.length) return null;
  const [first] = layers;
  const together = layers.every(
    (c) => c.media.kind === 'still' && !c.within && c.start === first?.start && c.frames === first.frames,
  );
  // A still that is shown for a part of the time is a picture within a cut.
  if (first === undefined || first.start > 1 || first.frames < clip.frames - 2) return null;
  return together ? layers : null;
}

function candidates(tracks: readonly ReadTrack[], from: number, base: number): Candidate[] {
  const video = tracks.filter((track) => track.kind === 'video' && track.enabled);
  return video.flatMap((track, i) =>
    track.clips
      .filter((clip) => clip.enabled)
      .flatMap((clip): Candidate[] => {
        const place = { start: from + clip.start, frames: clip.frames, height: base + i / (video.length + 1) };
        if (!clip.within) return [{ clip, ...place, layers: [] }];
        const layers = layersOf(clip);
        if (layers) return [{ clip, ...place, layers }];
        // A whole sequence: its pictures lie between this track and the next one up.
        return candidates(clip.within, place.start, place.height).map((inner) => ({
          ...inner,
          clip: { ...inner.clip, markers: inner.clip.markers },
          height: place.height + (inner.height - place.height) / (video.length + 1),
        }));
      }),
  );
}

/** A still is a board; a movie above boards is their animatic, and what is drawn below it counts. */
const isDrawing = (clip: ReadClip, layers: readonly ReadClip[]): boolean =>
  clip.media.kind === 'still' || layers.length > 0;

/** In order of time, never overlapping; gaps are left out. Of what lies over each other the topmost that is `preferred` is taken. */
export function shownPictures(
  tracks: readonly ReadTrack[],
  preferred: (clip: ReadClip, layers: readonly ReadClip[]) => boolean = isDrawing,
): Shown[] {
  const rank = (c: Candidate): number => (preferred(c.clip, c.layers) ? 1000 : 0) + c.height;
  const all = candidates(tracks, 0, 0).filter((c) => c.clip.media.path !== '' || c.layers.length > 0);
  const starts = [...all].sort((a, b) => a.start - b.start);
  const edges = [...new Set(all.flatMap((c) => [c.start, c.start + c.frames]))].sort((a, b) => a - b);
  const out: Shown[] = [];
  let open: Candidate[] = [];
  let next = 0;
  for (const [i, edge] of edges.entries()) {
    const end = edges[i + 1];
    if (end === undefined) break;
    open = open.filter((c) => c.start + c.frames > edge);
    for (let c = starts[next]; c !== undefined && c.start <= edge; c = starts[next]) {
      open.push(c);
      next += 1;
    }
    const top = open.reduce<Candidate | null>((best, c) => (best === null || rank(c) > rank(best) ? c : best), null);
    if (top === null) continue;
    const last = out.at(-1);
    if (last?.clip === top.clip && last.start + last.frames === edge)
      out[out.length - 1] = { ...last, frames: last.frames + (end - edge) };
    else out.push({ clip: top.clip, layers: top.layers, start: edge, frames: end - edge });
  }
  return out;
}
