/** Relief of a line drawing: paper is far, closed contours are figures, figures stand on a receding floor. */
import { figureNear, findFigures } from './figures';
import { findStage, stageNear, toneCrease } from './ground';
import { toneEdges, type Ink } from './ink';
import { horizonFrom, straightStrokes, type Line } from './lines';
import { SKETCHED, trappedBall } from './regions';
import { cutUprights } from './uprights';
import { compose, type Relief } from './relief';
import type { Study } from './study';

/** A tone step this high (grey levels) bounds a figure like a stroke does. */
const SILHOUETTE = 60;

export function lineArtRelief(s: Study, ink: Ink): Relief {
  const straight = straightStrokes(s, ink.mask);
  const edges = toneEdges(s, ink, SILHOUETTE);
  const barrier = ink.bold.slice();
  for (let i = 0; i < barrier.length; i++) if (edges[i]) barrier[i] = 1;
  const crease = toneCrease(s, ink.tone);
  const drawn = [...straight.lines, ...(crease ? [crease] : [])];
  const guess = findStage(s, drawn, horizonFrom(drawn, s));
  const regions = trappedBall(s, barrier, SKETCHED);
  const { labels, figures } = findFigures(s, barrier, straight.mask, regions, guess);
  const lines = drawn.filter((l) => l === crease || !drawsFigure(l, labels, s));
  const stage = findStage(s, lines, horizonFrom(lines, s));
  const first = figures.reduce((most, f) => Math.max(most, f.label), 0) + 1;
  const posts = cutUprights(s, ink, lines, regions, stage, labels, first);
  const left = new Set(labels);
  const standing = figures.map((f) => ({ label: f.label, near: figureNear(f, stage, s) }));
  const pieces = [...standing, ...posts].filter((piece) => left.has(piece.label));
  const ground = stageNear(s, stage);
  return {
    kind: 'line',
    width: s.width,
    height: s.height,
    labels,
    pieces,
    stage: ground,
    near: compose(labels, pieces, ground),
    lines: straight.lines.filter((l) => lines.includes(l)),
  };
}

/** True when most of a straight stroke belongs to figures: the side of a body is no wall. */
function drawsFigure(line: Line, labels: Uint16Array, s: Study): boolean {
  let on = 0;
  const steps = Math.max(1, Math.round(line.length));
  for (let k = 0; k <= steps; k++) {
    const x = Math.round(line.x0 + ((line.x1 - line.x0) * k) / steps);
    const y = Math.round(line.y0 + ((line.y1 - line.y0) * k) / steps);
    if (x >= 0 && x < s.width && y >= 0 && y < s.height && labels[y * s.width + x]) on++;
  }
  return on > (line.length > 0.4 * s.width ? 0.6 : 0.4) * steps;
}
