/** A scene in shared memory and the frames taken of it. */
import { footprint, rotation, sightOf, type Pose } from '../../camera/pose';
import type { Scene } from '../../scene/scene';
import { focusRange, type FocusRange, inverseDistance, middleNearness } from '../relief';
import type { Stage, StageOptions } from '../warper';
import type { Arena } from './arena';
import { CELL } from '../grid';
import { FRAME, LEVEL, LEVELS, PAD, SHEET } from './blocks';
import { ACROSS_BYTES, DOWN_BYTES, softnessFor, writeFilter } from './filter';
import type { Pool } from './pool';
import { layOutSheet, type Sheet } from './sheet';

/** Blur, in parts of the frame's width, of what lies at the other end of the focus range. */
const FULL_BLUR = 0.011;
/** Iterating finds the relief where moving one step along the line of sight changes it by less than this part of a step. */
const GENTLE = 0.85;

interface Filter {
  readonly across: number;
  readonly down: number;
}

export function wasmStage(arena: Arena, pool: Pool, scene: Scene, options: StageOptions): Stage {
  arena.takeBackAll();
  const middle = inverseDistance(middleNearness(scene));
  const sheets = scene.layers.map((layer, i) =>
    layOutSheet(arena, layer, {
      lowest: i === 0,
      soft: options.soft,
      toRelief: (near) => inverseDistance(near) / middle,
    }),
  );
  const relief = {
    far: Math.min(...sheets.map((sheet) => sheet.farthest)),
    near: Math.max(...sheets.map((sheet) => sheet.nearest)),
  };
  const nearness = options.soft ? focusRange(scene) : { far: 0, near: 0 };
  const focus = { far: inverseDistance(nearness.far) / middle, near: inverseDistance(nearness.near) / middle };
  const { width, height } = options.size;
  const cells = Math.ceil(width / CELL);
  const plane = 4 * (cells + 4);
  const bandStride = 4 * CELL * cells;
  const frame = arena.take(FRAME.size + SHEET.size * sheets.length);
  const target = arena.take(3 * width * height);
  const scratch = Array.from({ length: pool.threads }, () => arena.take(6 * plane * sheets.length + CELL * bandStride));
  const filter = (): Filter => ({ across: arena.take(ACROSS_BYTES), down: arena.take(DOWN_BYTES) });
  const [sharp, soft] = [filter(), filter()];
  writeFilter(arena.view, soft.across, soft.down, 1);

  const view = arena.view;
  const first = frame + FRAME.size;
  const ints = { sheets: sheets.length, firstSheet: first, target, width, height, cells, plane, bandStride } as const;
  for (const [field, value] of Object.entries(ints))
    view.setInt32(frame + FRAME[field as keyof typeof ints], value, true);
  sheets.forEach((sheet, i) => writeSheet(view, first + i * SHEET.size, sheet, scene, options, sharp, soft));

  return {
    relief,
    render: async (pose, into) => {
      writeFilter(
        view,
        sharp.across,
        sharp.down,
        softnessFor((footprint(pose, options.lens) * scene.boardWidth) / width),
      );
      writeCamera(view, frame, pose, options, focus);
      sheets.forEach((sheet, i) =>
        view.setFloat64(first + i * SHEET.size + SHEET.march, marchStep(sheet, pose, scene, options), true),
      );
      await pool.draw(frame, scratch, Math.ceil(height / CELL));
      into.set(arena.bytes(target, 3 * width * height));
    },
    strike: () => {
      arena.takeBackAll();
      return Promise.resolve();
    },
  };
}

function writeCamera(view: DataView, frame: number, pose: Pose, options: StageOptions, focus: FocusRange): void {
  const put = (offset: number, value: number) => view.setFloat64(frame + offset, value, true);
  const { width, height } = options.size;
  rotation(pose).forEach((value, i) => put(FRAME.rotation + 8 * i, value));
  put(FRAME.focal, pose.focal);
  put(FRAME.x, pose.x);
  put(FRAME.y, pose.y);
  put(FRAME.z, pose.z);
  put(FRAME.shiftA, pose.shiftX / options.lens);
  put(FRAME.shiftB, pose.shiftY / options.lens);
  put(FRAME.left, 0.5 / width - 0.5);
  put(FRAME.top, (0.5 - height / 2) / width);
  put(FRAME.step, 1 / width);
  put(FRAME.lens, options.lens);
  const depth = focus.near - focus.far;
  const blur = pose.focus && depth > 0 ? (pose.focus.strength * FULL_BLUR * width) / depth : 0;
  view.setFloat32(frame + FRAME.focusRelief, focus.far + (pose.focus?.near ?? 0) * depth, true);
  view.setFloat32(frame + FRAME.focusBlur, blur, true);
}

/** Picture pixels of a sheet for each frame width at rest, across and down. */
function scalesOf(sheet: Sheet, scene: Scene, options: StageOptions): { x: number; y: number } {
  const across = sheet.width / (scene.boardWidth + 2 * scene.margin.x);
  const down = sheet.height / (scene.boardHeight + 2 * scene.margin.y);
  return {
    x: scene.boardWidth * across,
    y: (scene.boardHeight * down * options.size.width) / options.size.height,
  };
}

function writeSheet(
  view: DataView,
  at: number,
  sheet: Sheet,
  scene: Scene,
  options: StageOptions,
  sharp: Filter,
  soft: Filter,
): void {
  const double = (offset: number, value: number) => view.setFloat64(at + offset, value, true);
  const int = (offset: number, value: number) => view.setInt32(at + offset, value, true);
  const scale = scalesOf(sheet, scene, options);
  double(SHEET.originX, PAD + sheet.width / 2 - 0.5);
  double(SHEET.scaleX, scale.x);
  double(SHEET.originY, PAD + sheet.height / 2 - 0.5);
  double(SHEET.scaleY, scale.y);
  double(SHEET.reliefScaleX, sheet.reliefWidth / sheet.width);
  double(SHEET.reliefX, ((0.5 - PAD) * sheet.reliefWidth) / sheet.width - 0.5);
  double(SHEET.reliefScaleY, sheet.reliefHeight / sheet.height);
  double(SHEET.reliefY, ((0.5 - PAD) * sheet.reliefHeight) / sheet.height - 0.5);
  double(SHEET.nearest, sheet.nearest);
  double(SHEET.farthest, sheet.farthest);
  int(SHEET.relief, sheet.relief);
  int(SHEET.reliefWidth, sheet.reliefWidth);
  int(SHEET.reliefHeight, sheet.reliefHeight);
  int(SHEET.occupancy, sheet.occupancy?.address ?? 0);
  int(SHEET.occupancyWidth, sheet.occupancy?.width ?? 0);
  int(SHEET.occupancyHeight, sheet.occupancy?.height ?? 0);
  int(SHEET.opaque, sheet.opaque ? 1 : 0);
  for (let level = 0; level < LEVELS; level++) {
    const reduction = Math.max(0, level - 1);
    const picture = sheet.pictures[reduction];
    if (picture)
      writeLevel(view, at + SHEET.levels + level * LEVEL.size, picture, reduction, level === 0 ? sharp : soft);
  }
}

function writeLevel(
  view: DataView,
  at: number,
  picture: Sheet['pictures'][number],
  reduction: number,
  filter: Filter,
): void {
  const scale = 2 ** -reduction;
  view.setInt32(at + LEVEL.picture, picture.address - 4 * (picture.width + 1), true);
  view.setInt32(at + LEVEL.stride, 4 * picture.width, true);
  view.setFloat32(at + LEVEL.scale, scale, true);
  view.setFloat32(at + LEVEL.shift, (0.5 - PAD) * scale - 0.5 + PAD, true);
  view.setFloat32(at + LEVEL.mostX, picture.width - 3 - 0.01, true);
  view.setFloat32(at + LEVEL.mostY, picture.height - 3 - 0.01, true);
  view.setInt32(at + LEVEL.across, filter.across, true);
  view.setInt32(at + LEVEL.down, filter.down, true);
}

/** How densely lines of sight must be searched on this sheet; 0 when iterating will do. */
function marchStep(sheet: Sheet, pose: Pose, scene: Scene, options: StageOptions): number {
  const scale = scalesOf(sheet, scene, options);
  const half = options.size.height / options.size.width / 2;
  const reach = [-0.5, 0.5].flatMap((sx) =>
    [-half, half].map((sy) => {
      const sight = sightOf(pose, options.lens, sx, sy);
      return Math.max(Math.abs(sight.du * scale.x), Math.abs(sight.dv * scale.y));
    }),
  );
  const gentle = Math.max(...reach) * sheet.steepest < GENTLE;
  return gentle ? 0 : sheet.width / sheet.reliefWidth;
}
