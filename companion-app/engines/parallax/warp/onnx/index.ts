/** The warp on any execution provider of ONNX Runtime. */
import { openSession, type Provider, type Session } from '../../../../inference';
import { footprint, rotation } from '../../camera/pose';
import type { Scene, SceneLayer } from '../../scene/scene';
import { CELL } from '../grid';
import { inverseDistance, middleNearness } from '../relief';
import type { Stage, StageOptions, View, Warper } from '../warper';
import { CAMERA, warpGraph, type GraphSheet } from './graph';

/** Picture pixels a frame pixel may span before it is read at 2×2 positions. */
const MOST_FOOTPRINT = 1.15;

export interface OnnxWarperOptions {
  readonly provider: Provider;
  /** Fail instead of leaving nodes to the CPU. */
  readonly noFallback?: boolean;
  /** Does what the graph does not: soft focus. */
  readonly otherwise: Warper;
}

export function onnxWarper(options: OnnxWarperOptions): Warper {
  return {
    provider: options.provider,
    setUp: (scene, stageOptions) =>
      stageOptions.soft
        ? options.otherwise.setUp(scene, stageOptions)
        : Promise.resolve(onnxStage(scene, stageOptions, options)),
    close: () => options.otherwise.close(),
  };
}

function onnxStage(scene: Scene, stage: StageOptions, options: OnnxWarperOptions): Stage {
  const middle = inverseDistance(middleNearness(scene));
  const sheets = scene.layers.map((layer, i) => sheetOf(layer, i === 0, middle));
  const relief = {
    far: Math.min(...sheets.map((sheet) => sheet.farthest)),
    near: Math.max(...sheets.map((sheet) => sheet.nearest)),
  };
  const sessions = new Map<1 | 2, Promise<Session>>();
  const sessionFor = (samples: 1 | 2): Promise<Session> => {
    const known = sessions.get(samples) ?? openSession(warpGraph(sheets, samples), options);
    sessions.set(samples, known);
    return known;
  };
  const { boardWidth, boardHeight, margin } = scene;
  const place: Place = { boardWidth, boardHeight, margin, regions: scene.layers.map((layer) => layer.region) };
  const { width, height } = stage.size;
  return {
    relief,
    render: async (view, into) => {
      const samples = footprint(view.pose, stage.lens) * (place.boardWidth / width) > MOST_FOOTPRINT ? 2 : 1;
      const session = await sessionFor(samples);
      const { packed } = await session.run(feeds(place, stage, view, samples));
      if (packed) unpack(packed.data, packed.dims[3] ?? width, { width, height }, into);
    },
    strike: async () => {
      for (const session of sessions.values()) await (await session).close();
      sessions.clear();
    },
  };
}

/** What of a scene is needed for every frame. */
interface Place extends Pick<Scene, 'boardWidth' | 'boardHeight' | 'margin'> {
  readonly regions: readonly (string | undefined)[];
}

function sheetOf(layer: SceneLayer, lowest: boolean, middle: number): GraphSheet {
  const { width, height, rgba } = layer;
  const count = width * height;
  const planes = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const alpha = rgba[4 * i + 3] ?? 0;
    for (let c = 0; c < 3; c++) {
      planes[c * count + i] = ((rgba[4 * i + c] ?? 0) * alpha) / 255 + (lowest ? 255 - alpha : 0);
    }
    planes[3 * count + i] = alpha;
  }
  const relief = layer.near.map((near) => inverseDistance(Math.min(1, Math.max(0, near))) / middle);
  const nearest = relief.reduce((most, w) => Math.max(most, w), -Infinity);
  const farthest = relief.reduce((least, w) => Math.min(least, w), Infinity);
  const { reliefWidth, reliefHeight } = layer;
  return { width, height, planes, reliefWidth, reliefHeight, relief, nearest, farthest };
}

function feeds(scene: Place, stage: StageOptions, { pose, shifts }: View, samples: 1 | 2) {
  const { width, height } = stage.size;
  const camera = new Float32Array(CAMERA.length);
  camera.set(rotation(pose), CAMERA.rotation);
  camera.set(
    [pose.focal, pose.x, pose.y, pose.z, pose.shiftX / stage.lens, pose.shiftY / stage.lens, stage.lens],
    CAMERA.focal,
  );
  const scaleX = (2 * scene.boardWidth) / (scene.boardWidth + 2 * scene.margin.x);
  const scaleY = (2 * scene.boardHeight * width) / height / (scene.boardHeight + 2 * scene.margin.y);
  camera.set([scaleX, scaleY], CAMERA.scaleX);
  // Two positions a pixel lie a quarter before and after its middle.
  const first = 0.5 - (samples === 2 ? 0.25 : 0);
  const columns = Float32Array.from(
    { length: Math.ceil(width / CELL) + 1 },
    (_, i) => (i * CELL + first) / width - 0.5,
  );
  const rows = Float32Array.from(
    { length: Math.ceil(height / CELL) + 1 },
    (_, j) => (j * CELL + first - height / 2) / width,
  );
  const moved = scene.regions.flatMap((region) => {
    const shift = region === undefined ? undefined : shifts.get(region);
    return [(shift?.x ?? 0) * scaleX, ((shift?.y ?? 0) * height * scaleY) / width];
  });
  return {
    shifts: { data: Float32Array.from(moved), dims: [scene.regions.length, 2] },
    camera: { data: camera, dims: [CAMERA.length] },
    columns: { data: columns, dims: [1, 1, columns.length] },
    rows: { data: rows, dims: [1, rows.length, 1] },
  };
}

/** Numbers of three bytes to RGB, from rows of `stride` numbers. */
function unpack(packed: Float32Array, stride: number, size: { width: number; height: number }, into: Uint8Array): void {
  let to = 0;
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, to += 3) {
      const value = packed[y * stride + x] ?? 0;
      into[to] = value >> 16;
      into[to + 1] = value >> 8;
      into[to + 2] = value;
    }
  }
}
