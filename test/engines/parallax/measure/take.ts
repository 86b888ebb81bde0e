/** Takes made for measuring: a shot's frames through the real engine. */
import type { AnimateOptions, BoardPicture, Engine, Frame } from '../../../../companion-app/engines/engine';
import type { BuildScene } from '../../../../companion-app/engines/parallax/scene/scene';
import type { CameraMove, Shot, Size } from '../../../../shared/shot';

export const SIZE: Size = { width: 480, height: 270 };

export function move(
  kind: CameraMove['kind'],
  amount: number,
  from: number,
  to: number,
  ease: CameraMove['ease'] = 'linear',
): CameraMove {
  return { kind, amount, from, to, ease, confidence: 1, text: kind };
}

export function shotOf(frames: number, parts: Partial<Shot> = {}): Shot {
  return {
    id: 'shot',
    name: 'SH010',
    rate: { num: 24, den: 1 },
    dropFrame: false,
    startFrame: 0,
    frames,
    size: SIZE,
    fit: 'fill',
    boards: [],
    notes: '',
    ...parts,
  };
}

export interface Take {
  readonly frames: readonly Frame[];
  readonly warnings: readonly string[];
}

/** All frames of a take, copied. */
export async function take(
  engine: Engine,
  shot: Shot,
  boards: readonly BoardPicture[],
  parts: Partial<AnimateOptions> = {},
): Promise<Take> {
  const warnings: string[] = [];
  const frames: Frame[] = [];
  const options: AnimateOptions = {
    size: shot.size,
    seed: 1,
    quality: 'full',
    signal: new AbortController().signal,
    progress: () => undefined,
    warn: (sentence) => warnings.push(sentence),
    ...parts,
  };
  for await (const frame of engine.animate(shot, boards, options))
    frames.push({ ...frame, rgb: Uint8Array.from(frame.rgb) });
  return { frames, warnings };
}

/** A scene of one sheet whose nearness depends on the place (parts of the board, 0 … 1), its margins white. */
export function sheetScene(near: (x: number, y: number) => number, most = 1): BuildScene {
  return async (board, { overscan }) => {
    const margin = {
      x: Math.ceil(Math.min(most, overscan.x) * board.width),
      y: Math.ceil(Math.min(most, overscan.y) * board.height),
    };
    const width = board.width + 2 * margin.x;
    const height = board.height + 2 * margin.y;
    const rgba = new Uint8Array(width * height * 4).fill(255);
    for (let y = 0; y < board.height; y++) {
      for (let x = 0; x < board.width; x++) {
        const to = 4 * ((y + margin.y) * width + x + margin.x);
        rgba.set(board.rgb.subarray(3 * (y * board.width + x), 3 * (y * board.width + x) + 3), to);
      }
    }
    const [reliefWidth, reliefHeight] = [Math.ceil(width / 4), Math.ceil(height / 4)];
    const relief = Float32Array.from({ length: reliefWidth * reliefHeight }, (_, i) => {
      const x = ((((i % reliefWidth) + 0.5) / reliefWidth) * width - margin.x) / board.width;
      const y = (((Math.floor(i / reliefWidth) + 0.5) / reliefHeight) * height - margin.y) / board.height;
      return near(x, y);
    });
    const layer = { name: 'sheet', width, height, rgba, reliefWidth, reliefHeight, near: relief };
    return { boardWidth: board.width, boardHeight: board.height, margin, layers: [layer], warnings: [] };
  };
}

export const flat = sheetScene(() => 0.5);
