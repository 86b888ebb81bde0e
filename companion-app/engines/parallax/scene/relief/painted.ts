/** Relief of a painted, photographed or rendered board. */
import { floorNear } from './ground';
import type { Relief } from './relief';
import type { Study } from './study';

export function paintedRelief(s: Study): Relief {
  const { width, height } = s;
  const stage = new Float32Array(width * height);
  for (let y = 0; y < height; y++) stage.fill(floorNear(y, 0.4 * height, height), y * width, (y + 1) * width);
  return { kind: 'tone', width, height, labels: new Uint16Array(width * height), pieces: [], stage, near: stage };
}
