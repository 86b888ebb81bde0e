/** A scene for comparing ways of warping: a waving backdrop and a soft-edged figure before it, wider than the frame. */
import type { Scene, SceneLayer } from '../../../../companion-app/engines/parallax/scene/scene';
import type { Size } from '../../../../shared/shot';

export function twoSheets(frame: Size): Scene {
  const margin = { x: Math.ceil(frame.width / 8), y: Math.ceil(frame.height / 8) };
  const width = frame.width + 2 * margin.x;
  const height = frame.height + 2 * margin.y;
  const reliefWidth = Math.ceil(width / 4);
  const reliefHeight = Math.ceil(height / 4);
  const layer = (
    name: string,
    alpha: (x: number, y: number) => number,
    near: (column: number, row: number) => number,
  ): SceneLayer => {
    const rgba = new Uint8Array(4 * width * height);
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)];
      rgba.set(
        [128 + 100 * Math.sin(x / 7), 128 + 90 * Math.cos(y / 9 + name.length), 60 + ((x + 2 * y) % 97), alpha(x, y)],
        4 * i,
      );
    }
    const relief = Float32Array.from({ length: reliefWidth * reliefHeight }, (_, i) =>
      near(i % reliefWidth, Math.floor(i / reliefWidth)),
    );
    return { name, width, height, rgba, reliefWidth, reliefHeight, near: relief, region: name };
  };
  const inside = (x: number, y: number) => (height / 4 - Math.hypot(x - width / 2, y - height / 2)) * 20;
  return {
    boardWidth: frame.width,
    boardHeight: frame.height,
    margin,
    warnings: [],
    layers: [
      layer(
        'backdrop',
        () => 255,
        (column, row) => 0.1 + (0.5 * row) / reliefHeight + 0.05 * Math.sin(column / 9),
      ),
      layer(
        'figure',
        (x, y) => Math.max(0, Math.min(255, inside(x, y))),
        () => 0.8,
      ),
    ],
  };
}
