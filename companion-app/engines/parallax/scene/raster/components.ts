/** Connected components and label growth on masks, with one shared queue instead of recursion. */

export interface Components {
  /** 0 where the mask is 0, else 1…count. */
  readonly labels: Int32Array;
  readonly count: number;
  /** Pixels of each component; index 0 unused. */
  readonly area: Int32Array;
}

/** Labels the components of a mask; diagonal neighbours count when `diagonal`. Labels follow reading order. */
export function components(mask: Uint8Array, width: number, height: number, diagonal: boolean): Components {
  const labels = new Int32Array(mask.length);
  const queue = new Int32Array(mask.length);
  const sizes: number[] = [0];
  let count = 0;
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || labels[start]) continue;
    count++;
    labels[start] = count;
    queue[0] = start;
    let head = 0;
    let tail = 1;
    while (head < tail) {
      const at = queue[head++]!;
      const x = at % width;
      const y = (at - x) / width;
      for (let dy = -1; dy <= 1; dy++) {
        const ny = y + dy;
        if (ny < 0 || ny >= height) continue;
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx;
          if (nx < 0 || nx >= width || (!diagonal && dx !== 0 && dy !== 0)) continue;
          const next = ny * width + nx;
          if (!mask[next] || labels[next]) continue;
          labels[next] = count;
          queue[tail++] = next;
        }
      }
    }
    sizes.push(tail);
  }
  return { labels, count, area: Int32Array.from(sizes) };
}

/**
 * Grows labels (> 0) into unlabelled pixels where `allowed` is not 0, all at the same speed, up to `steps` pixels away
 * (4-neighbours). Changes `labels` in place. Between two labels equally far the earlier in reading order wins.
 */
export function growLabels(
  labels: Int32Array,
  allowed: Uint8Array | undefined,
  width: number,
  height: number,
  steps: number,
): void {
  let frontier: Int32Array = new Int32Array(labels.length);
  let next: Int32Array = new Int32Array(labels.length);
  let size = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i]! > 0) frontier[size++] = i;
  for (let step = 0; step < steps && size > 0; step++) {
    let grown = 0;
    for (let k = 0; k < size; k++) {
      const at = frontier[k]!;
      const label = labels[at]!;
      const x = at % width;
      if (x > 0 && labels[at - 1] === 0 && (!allowed || allowed[at - 1])) next[grown++] = take(labels, at - 1, label);
      if (x < width - 1 && labels[at + 1] === 0 && (!allowed || allowed[at + 1]))
        next[grown++] = take(labels, at + 1, label);
      if (at >= width && labels[at - width] === 0 && (!allowed || allowed[at - width]))
        next[grown++] = take(labels, at - width, label);
      if (at < width * (height - 1) && labels[at + width] === 0 && (!allowed || allowed[at + width]))
        next[grown++] = take(labels, at + width, label);
    }
    [frontier, next] = [next, frontier];
    size = grown;
  }
}

function take(labels: Int32Array, at: number, label: number): number {
  labels[at] = label;
  return at;
}
