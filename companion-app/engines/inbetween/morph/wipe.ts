/** When lost pixels go: strokes are undrawn from one end to the other, as a pencil would draw them. */

/** Never goes. */
export const STAYS = 255;

/** For every pixel 1 … 254 in the order in which its stroke is drawn from one end to the other; STAYS where nothing is lost. */
export function wipeOrder(lost: Uint8Array, owner: Int32Array, width: number, height: number): Uint8Array {
  const order = new Uint8Array(lost.length).fill(STAYS);
  const distance = new Int32Array(lost.length).fill(-1);
  const queue = new Int32Array(lost.length);
  const flood = (start: number, mark: number, far: Int32Array): number => {
    far[start] = mark;
    queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const at = queue[head]!;
      const x = at % width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = at + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || next < 0 || next >= width * height) continue;
          if (!lost[next] || owner[next] !== owner[at] || far[next]! >= mark) continue;
          far[next] = far[at]! + 1;
          queue[tail++] = next;
        }
      }
    }
    return tail;
  };
  const second = new Int32Array(lost.length).fill(-1);
  for (let i = 0; i < lost.length; i++) {
    if (!lost[i] || distance[i]! >= 0) continue;
    const count = flood(i, 0, distance);
    const end = queue[count - 1]!;
    flood(end, 0, second);
    const longest = Math.max(1, second[queue[count - 1]!]!);
    for (let k = 0; k < count; k++) order[queue[k]!] = 1 + Math.round((253 * second[queue[k]!]!) / longest);
  }
  return order;
}
