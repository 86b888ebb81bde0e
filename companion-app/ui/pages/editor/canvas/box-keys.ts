/** What the keys do to a box: arrows move it, + and − size it, [ and ] turn it; Shift does more at once. */
import type { Box } from '../geometry/box';

/** The changed box, or null for a key that does nothing to boxes. */
export function boxByKey(box: Box, key: string, more: boolean, aspect: number): Box | null {
  const step = more ? 0.05 : 0.01;
  const size = more ? 1.1 : 1.02;
  const turn = more ? 5 : 1;
  switch (key) {
    case 'ArrowLeft':
      return { ...box, x: box.x - step };
    case 'ArrowRight':
      return { ...box, x: box.x + step };
    case 'ArrowUp':
      return { ...box, y: box.y - step * aspect };
    case 'ArrowDown':
      return { ...box, y: box.y + step * aspect };
    case '+':
    case '=':
      return { ...box, scale: box.scale * size };
    case '-':
    case '_':
      return { ...box, scale: box.scale / size };
    case '[':
    case '{':
      return { ...box, roll: box.roll - turn };
    case ']':
    case '}':
      return { ...box, roll: box.roll + turn };
    default:
      return null;
  }
}
