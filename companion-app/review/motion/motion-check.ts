/** Does the picture move as the shot asks? */
import { scored, type Check } from '../check';
import { named } from '../stretches/ranges';
import type { EngineThresholds } from '../thresholds';
import type { Asked } from './asked';
import { wayBetween, type MeasuredWay } from './measured';
import { motionOf, vectorOf, type Motion } from './similarity';

/** Root mean square of handheld and shake at strength 1, widths, about. */
const UNREST_AT_ONE = 0.012;
/** What lies near goes past faster than the board's own length says. */
const BEYOND_ITS_END = 1.4;
/** Less motion than this is not asked to be seen. */
const INVISIBLE = 0.004;

interface Finding {
  readonly asked: Asked;
  /** 0–1; 0.5 is the least that passes. */
  readonly score: number;
  readonly detail: string;
}

/** Null when the shot asks for nothing that can be measured. */
export function motionCheck(asked: readonly Asked[], way: MeasuredWay, limits: EngineThresholds): Check | null {
  const findings = asked.flatMap((each) => judged(each, way, limits) ?? []);
  const worst = findings.reduce<Finding | null>((low, each) => (!low || each.score < low.score ? each : low), null);
  if (!worst) return null;
  const bad = findings.filter(({ score }) => score < 0.5);
  const shown = bad.length > 0 ? bad : [worst];
  return scored(
    'motion',
    worst.score,
    0.5,
    shown
      .map(({ detail }) => detail)
      .join(' ')
      .slice(0, 2000),
    shown.map((each) => each.asked.frames).sort((a, b) => a[0] - b[0]),
  );
}

function judged(asked: Asked, way: MeasuredWay, limits: EngineThresholds): Finding | null {
  const [from, end] = asked.frames;
  const measured = motionOf(wayBetween(way, from, end - 1));
  const about = `${asked.name} (${named([asked.frames])})`;
  if (asked.kind === 'change') return null;
  if (asked.kind === 'still') {
    const most = excursion(asked, way).most;
    const detail = `${about}: the picture moves by up to ${percent(most)} of its width where it should stand still.`;
    const calm = `${about}: the picture stands still to ${percent(most)} of its width.`;
    return { asked, score: 1 - (0.5 * most) / limits.stillMotion, detail: most > limits.stillMotion ? detail : calm };
  }
  if (asked.kind === 'unrest') {
    const { rms } = excursion(asked, way);
    const expected = UNREST_AT_ONE * asked.strength;
    const part = expected > 0 ? rms / expected : 1;
    const score = part < 1 ? 0.5 + (0.5 * (part - 0.15)) / 0.85 : 1 - Math.max(0, part - 2) / 6;
    return {
      asked,
      score,
      detail: `${about}: the picture trembles by ${percent(rms)} of its width, about ${percent(expected)} expected.`,
    };
  }
  return travelled(asked, measured, limits, about);
}

/** Asked against measured, as vectors. */
function travelled(asked: Asked, measured: Motion, limits: EngineThresholds, about: string): Finding | null {
  const [want, got] = [vectorOf(asked.motion), vectorOf(measured)];
  const size = Math.hypot(...want);
  if (size < INVISIBLE) return null;
  const along = want.reduce((sum, w, i) => sum + w * (got[i] ?? 0), 0) / (size * size);
  const astray = Math.hypot(...want.map((w, i) => (got[i] ?? 0) - along * w));
  const { least, most } = limits.motion;
  const mayStray = Math.max(limits.astray.widths, limits.astray.part * size);
  const short = along < least;
  const open = asked.upTo > 0;
  const far = along > most && along * size > BEYOND_ITS_END * asked.upTo;
  const aside = !open && astray > mayStray;
  // Measured equals asked: 1. At a limit: 0.5.
  const byLength =
    along <= 1 ? 0.5 + (0.5 * (along - least)) / (1 - least) : open && !far ? 1 : 1 - (0.5 * (along - 1)) / (most - 1);
  const byAim = open ? 1 : 1 - (0.5 * astray) / mayStray;
  const told = `${about}: asked ${words(asked.motion)}, measured ${words(measured)}`;
  const why = along < -0.1 ? ', the other way' : short ? ', too little' : far ? ', too much' : aside ? ', astray' : '';
  return { asked, score: Math.min(byLength, byAim), detail: `${told}${why}.` };
}

function excursion({ frames: [from, end] }: Asked, way: MeasuredWay): { most: number; rms: number } {
  const inside = way.frames.filter((frame) => frame >= from && frame < end);
  const vectors = inside.map((frame) => vectorOf(motionOf(wayBetween(way, from, frame))));
  const sizes = vectors.map((v) => Math.hypot(...v));
  const means = [0, 1, 2, 3].map((i) => vectors.reduce((sum, v) => sum + (v[i] ?? 0), 0) / Math.max(1, vectors.length));
  const spread = vectors.reduce((sum, v) => sum + v.reduce((s, value, i) => s + (value - (means[i] ?? 0)) ** 2, 0), 0);
  return { most: Math.max(0, ...sizes), rms: Math.sqrt(spread / Math.max(1, vectors.length)) };
}

const percent = (widths: number): string => `${(100 * widths).toFixed(1)} %`;

/** "1.25× larger, 4 % to the left, turned 3.0° clockwise" */
function words({ growth, turn, x, y }: Motion): string {
  const parts: string[] = [];
  if (Math.abs(growth) > 0.005)
    parts.push(growth > 0 ? `${Math.exp(growth).toFixed(2)}× larger` : `${Math.exp(-growth).toFixed(2)}× smaller`);
  if (Math.abs(x) > 0.002) parts.push(`${percent(Math.abs(x))} of the width to the ${x > 0 ? 'right' : 'left'}`);
  if (Math.abs(y) > 0.002) parts.push(`${percent(Math.abs(y))} of the width ${y > 0 ? 'down' : 'up'}`);
  const degrees = (Math.abs(turn) * 180) / Math.PI;
  if (degrees > 0.15) parts.push(`turned ${degrees.toFixed(1)}° ${turn > 0 ? 'clockwise' : 'counter-clockwise'}`);
  return parts.length === 0 ? 'no motion' : parts.join(', ');
}
