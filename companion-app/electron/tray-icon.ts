/** The tray's picture: a board with a coloured dot, drawn here so that no file has to be found at run time. */
import type { TrayState } from './desktop';

export const TRAY_SIDE = 32;

type Bgra = readonly [number, number, number, number];
const CLEAR: Bgra = [0, 0, 0, 0];
const DOT: Readonly<Record<TrayState, Bgra>> = {
  idle: CLEAR,
  rendering: [255, 160, 64, 255],
  attention: [70, 90, 230, 255],
  paused: [60, 180, 230, 255],
};

/** One pixel: a white board with a grey frame, the state's dot at the lower right. */
function pixel(x: number, y: number, state: TrayState): Bgra {
  const dot = DOT[state];
  if (dot[3] > 0 && (x - 24) ** 2 + (y - 24) ** 2 <= 49) return dot;
  if (x < 2 || x > 29 || y < 6 || y > 25) return CLEAR;
  const edge = x < 4 || x > 27 || y < 8 || y > 23;
  return edge ? [90, 90, 90, 255] : [245, 245, 245, 255];
}

/** 32×32 pixels, BGRA, as Electron's nativeImage.createFromBitmap takes them. */
export function trayBitmap(state: TrayState): Buffer {
  const out = Buffer.alloc(TRAY_SIDE * TRAY_SIDE * 4);
  for (let y = 0; y < TRAY_SIDE; y++)
    for (let x = 0; x < TRAY_SIDE; x++) out.set(pixel(x, y, state), (y * TRAY_SIDE + x) * 4);
  return out;
}
