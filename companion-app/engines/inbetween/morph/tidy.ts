/** Leaves no crumbs: bits of stroke that cannot be right where the matching put them. */
import type { Drawing } from './drawing';
import type { Side } from './side';

/** Half the side of the square in which splinters are judged; strokes apart from their piece and smaller than this (pixels of 640). */
const SPLINTER = 4;
const CRUMB = 90;
/** A stroke this near to its piece's surface is its outline. */
const OUTLINE = 4;

/** Gives bits of stroke among strokes or surfaces of another piece to that piece: nothing is drawn in such short dashes. */
export function joinSplinters(d: Drawing, count: number, owner: Int32Array): void {
  for (let round = 0; round < 2; round++) joinMinorities(d, count, owner);
  joinCrumbs(d, count, owner);
}

function joinMinorities(d: Drawing, count: number, owner: Int32Array): void {
  const { width, height, ink } = d;
  const reach = Math.max(2, Math.round(SPLINTER * d.unit));
  const before = owner.slice();
  const votes = new Int32Array(count);
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    const own = before[i]!;
    let all = 0;
    votes.fill(0);
    for (let dy = -reach; dy <= reach; dy++) {
      if (y + dy < 0 || y + dy >= height) continue;
      for (let dx = -reach; dx <= reach; dx++) {
        const at = i + dy * width + dx;
        if (x + dx < 0 || x + dx >= width || !ink[at]) continue;
        all++;
        votes[before[at]!]! += 1;
      }
    }
    if (votes[own]! > 0.35 * all) continue;
    let best = own;
    for (let k = 0; k < count; k++) if (votes[k]! > votes[best]!) best = k;
    owner[i] = best;
  }
}

/** Small stretches of stroke that do not touch the surface of their piece go to the piece they touch most. */
function joinCrumbs(d: Drawing, count: number, owner: Int32Array): void {
  const { width, height, ink } = d;
  const most = CRUMB * d.unit * d.unit;
  const seen = new Uint8Array(owner.length);
  const touched = new Int32Array(count);
  for (let start = 0; start < owner.length; start++) {
    if (!ink[start] || seen[start]) continue;
    const own = owner[start]!;
    const pixels = [start];
    seen[start] = 1;
    touched.fill(0);
    for (let head = 0; head < pixels.length; head++) {
      const at = pixels[head]!;
      const x = at % width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = at + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || next < 0 || next >= width * height) continue;
          if (!ink[next] || owner[next] !== own) touched[owner[next]!]! += 1;
          else if (!seen[next]) {
            seen[next] = 1;
            pixels.push(next);
          }
        }
      }
    }
    if (pixels.length > most || touched[own]! > 0) continue;
    let best = own;
    for (let k = 0; k < count; k++) if (touched[k]! > touched[best]!) best = k;
    for (const at of pixels) owner[at] = best;
  }
}

/** The outline of a moving piece stays with its surface even where the other board shows no such line. */
export function keepOutlines({ drawing, owner, lost }: Side): void {
  const { width, height, ink, unit } = drawing;
  const reach = Math.max(1, Math.round(OUTLINE * unit));
  const before = lost.slice();
  for (let i = 0; i < lost.length; i++) {
    const own = owner[i]!;
    if (!before[i] || !ink[i] || own === 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    let surface = false;
    let beyond = false;
    for (let dy = -reach; dy <= reach && !(surface && beyond); dy++) {
      if (y + dy < 0 || y + dy >= height) continue;
      for (let dx = -reach; dx <= reach; dx++) {
        const at = i + dy * width + dx;
        if (x + dx < 0 || x + dx >= width) continue;
        if (owner[at] !== own) beyond = true;
        else if (!ink[at] && !before[at]) surface = true;
      }
    }
    if (surface && beyond) lost[i] = 0;
  }
}
