/** Writes the records that the kernels read: see `blocks.ts`. */
import { rotation, type Pose } from '../../camera/pose';
import type { StageOptions, Shift } from '../warper';
import { FRAME, LEVEL, LEVELS, PAD, SHEET } from './blocks';
import type { Picture, Sheet } from './sheet';

/** Blur, in parts of the frame's width, of what lies at the other end of the focus range. */
const FULL_BLUR = 0.011;

/** Addresses of a filter's two tables. */
export interface Filter {
  readonly across: number;
  readonly down: number;
}

/** A sheet in its place: picture pixels for each frame width at rest, across and down. */
export interface PlacedSheet extends Sheet {
  readonly scale: { readonly x: number; readonly y: number };
  readonly region: string | undefined;
}

export interface FrameLayout {
  readonly sheets: number;
  readonly firstSheet: number;
  readonly target: number;
  readonly width: number;
  readonly height: number;
  readonly cells: number;
  readonly plane: number;
  readonly bandStride: number;
}

export function writeLayout(view: DataView, frame: number, layout: FrameLayout): void {
  const put = (offset: number, value: number) => view.setInt32(frame + offset, value, true);
  put(FRAME.sheets, layout.sheets);
  put(FRAME.firstSheet, layout.firstSheet);
  put(FRAME.target, layout.target);
  put(FRAME.width, layout.width);
  put(FRAME.height, layout.height);
  put(FRAME.cells, layout.cells);
  put(FRAME.plane, layout.plane);
  put(FRAME.bandStride, layout.bandStride);
}

/** @param focus relief at the two ends of the focus range */
export function writeCamera(
  view: DataView,
  frame: number,
  pose: Pose,
  options: StageOptions,
  focus: { readonly far: number; readonly near: number },
): void {
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

/** Everything of a sheet that stays from frame to frame. */
export function writeSheet(view: DataView, at: number, sheet: PlacedSheet, sharp: Filter, soft: Filter): void {
  const double = (offset: number, value: number) => view.setFloat64(at + offset, value, true);
  const int = (offset: number, value: number) => view.setInt32(at + offset, value, true);
  double(SHEET.scaleX, sheet.scale.x);
  double(SHEET.scaleY, sheet.scale.y);
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
    const filter = level === 0 ? sharp : soft;
    if (picture) writeLevel(view, at + SHEET.levels + level * LEVEL.size, picture, reduction, filter);
  }
}

/** What of a sheet changes with every frame: where it is, and how its lines of sight are searched. */
export function writeSheetView(
  view: DataView,
  at: number,
  sheet: PlacedSheet,
  march: number,
  shift: Shift | undefined,
  options: StageOptions,
): void {
  const heightInWidths = options.size.height / options.size.width;
  view.setFloat64(at + SHEET.originX, PAD + sheet.width / 2 - 0.5 - (shift?.x ?? 0) * sheet.scale.x, true);
  view.setFloat64(
    at + SHEET.originY,
    PAD + sheet.height / 2 - 0.5 - (shift?.y ?? 0) * heightInWidths * sheet.scale.y,
    true,
  );
  view.setFloat64(at + SHEET.march, march, true);
}

function writeLevel(view: DataView, at: number, picture: Picture, reduction: number, filter: Filter): void {
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
