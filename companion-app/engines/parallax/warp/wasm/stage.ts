/** A scene in shared memory and the frames taken of it. */
import { footprint, sightOf, type Pose } from '../../camera/pose';
import type { Scene } from '../../scene/scene';
import { CELL } from '../grid';
import { focusRange, inverseDistance, middleNearness } from '../relief';
import type { Stage, StageOptions } from '../warper';
import type { Arena } from './arena';
import { FRAME, SHEET } from './blocks';
import { ACROSS_BYTES, DOWN_BYTES, softnessFor, writeFilter } from './filter';
import type { Pool } from './pool';
import { writeCamera, writeLayout, writeSheet, writeSheetView, type Filter, type PlacedSheet } from './records';
import { layOutSheet } from './sheet';

/** Iterating finds the relief where moving one step along the line of sight changes it by less than this part of a step. */
const GENTLE = 0.85;

/** Copies a scene into the arena, from which everything else is taken back. The scene itself is not kept. */
export function wasmStage(arena: Arena, pool: Pool, scene: Scene, options: StageOptions): Stage {
  arena.takeBackAll();
  const middle = inverseDistance(middleNearness(scene));
  const sheets = placeSheets(arena, scene, options, middle);
  const nearness = options.soft ? focusRange(scene) : { far: 0, near: 0 };
  const focus = { far: inverseDistance(nearness.far) / middle, near: inverseDistance(nearness.near) / middle };
  const { width, height } = options.size;
  const detail = scene.boardWidth / width;
  const cells = Math.ceil(width / CELL);
  const plane = 4 * (cells + 4);
  const bandStride = 4 * CELL * cells;
  const frame = arena.take(FRAME.size + SHEET.size * sheets.length);
  const target = arena.take(3 * width * height);
  const scratch = Array.from({ length: pool.threads }, () => arena.take(6 * plane * sheets.length + CELL * bandStride));
  const filter = (): Filter => ({ across: arena.take(ACROSS_BYTES), down: arena.take(DOWN_BYTES) });
  const [sharp, soft] = [filter(), filter()];

  const view = arena.view;
  const firstSheet = frame + FRAME.size;
  writeFilter(view, soft.across, soft.down, 1);
  writeLayout(view, frame, { sheets: sheets.length, firstSheet, target, width, height, cells, plane, bandStride });
  sheets.forEach((sheet, i) => writeSheet(view, firstSheet + i * SHEET.size, sheet, sharp, soft));

  return {
    relief: {
      far: Math.min(...sheets.map((sheet) => sheet.farthest)),
      near: Math.max(...sheets.map((sheet) => sheet.nearest)),
    },
    render: async ({ pose, shifts }, into) => {
      writeFilter(view, sharp.across, sharp.down, softnessFor(footprint(pose, options.lens) * detail));
      writeCamera(view, frame, pose, options, focus);
      sheets.forEach((sheet, i) => {
        const shift = sheet.region === undefined ? undefined : shifts.get(sheet.region);
        writeSheetView(view, firstSheet + i * SHEET.size, sheet, marchStep(sheet, pose, options), shift, options);
      });
      await pool.draw(frame, scratch, Math.ceil(height / CELL));
      into.set(arena.bytes(target, 3 * width * height));
    },
    strike: () => {
      arena.takeBackAll();
      return Promise.resolve();
    },
  };
}

function placeSheets(arena: Arena, scene: Scene, options: StageOptions, middle: number): PlacedSheet[] {
  return scene.layers.map((layer, i) => {
    const across = layer.width / (scene.boardWidth + 2 * scene.margin.x);
    const down = layer.height / (scene.boardHeight + 2 * scene.margin.y);
    const sheet = layOutSheet(arena, layer, {
      lowest: i === 0,
      soft: options.soft,
      toRelief: (near) => inverseDistance(near) / middle,
    });
    const scale = {
      x: scene.boardWidth * across,
      y: (scene.boardHeight * down * options.size.width) / options.size.height,
    };
    return { ...sheet, scale, region: layer.region };
  });
}

/** How densely lines of sight must be searched on this sheet; 0 when iterating will do. */
function marchStep(sheet: PlacedSheet, pose: Pose, options: StageOptions): number {
  const half = options.size.height / options.size.width / 2;
  const reach = [-0.5, 0.5].flatMap((sx) =>
    [-half, half].map((sy) => {
      const sight = sightOf(pose, options.lens, sx, sy);
      return Math.max(Math.abs(sight.du * sheet.scale.x), Math.abs(sight.dv * sheet.scale.y));
    }),
  );
  const gentle = Math.max(...reach) * sheet.steepest < GENTLE;
  return gentle ? 0 : sheet.width / sheet.reliefWidth;
}
