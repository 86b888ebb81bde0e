/** Boxes, moves and words say the same camera: properties over random drawings, the real camera and real notes. */
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openLive, type Live } from '../../companion-app/engines/parallax';
import {
  corrected,
  disagrees,
  drawn,
  followed,
  noted,
  readNote,
} from '../../companion-app/ui/pages/editor/agreement/agree';
import { framesOf, keysAt } from '../../companion-app/ui/pages/editor/agreement/from-camera';
import { framingOf, KEY_EASES, keysOf, ordered, type Key } from '../../companion-app/ui/pages/editor/agreement/keys';
import { sameMoves } from '../../companion-app/ui/pages/editor/agreement/note';
import {
  boxOfQuad,
  cornersOf,
  pulled,
  rounded,
  turnedTo,
  within,
} from '../../companion-app/ui/pages/editor/geometry/box';
import { limitsOf, placeOf, toBoard, toFrame } from '../../companion-app/ui/pages/editor/geometry/place';
import { zShot } from '../../shared/protocol';
import { formatMoves, notesOptions, parseNotes, resolveMoves, type Shot } from '../../shared/shot';

const FRAMES = 48;
const board = 'a'.repeat(64);
const shotOf = (notes: string, over: Partial<Shot> = {}): Shot => ({
  ...{ id: 's1', name: 'SH010', rate: { num: 24, den: 1 }, dropFrame: false, startFrame: 0, frames: FRAMES },
  ...{ size: { width: 1920, height: 1080 }, fit: 'fill', boards: [{ board, at: 0, name: 'a.png' }], notes },
  ...over,
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const frame = { x: 0, y: 0, width: 1, height: 1 };
const box = fc
  .record({
    x: unit,
    y: unit,
    scale: fc.double({ min: 0.1, max: 1, noNaN: true }),
    roll: fc.double({ min: -40, max: 40, noNaN: true }),
  })
  .map((any) => rounded(within(any, frame, 16 / 9)));
const upright = box.map((any) => rounded(within({ ...any, roll: 0 }, frame, 16 / 9)));
const key = fc.record({ frame: fc.nat({ max: FRAMES - 1 }), box, ease: fc.constantFrom(...KEY_EASES) });
const keys = fc.array(key, { minLength: 1, maxLength: 6 }).map((some) => ordered(some, FRAMES));

/** Notes that people wrote, from the grammar's own collection. */
const NOTES = notesIn(
  JSON.parse(readFileSync(path.join(__dirname, '../fixtures/notes/development.json'), 'utf8')) as unknown,
);
function notesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(notesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    (name === 'note' || name === 'text') && typeof inner === 'string' ? [inner] : notesIn(inner),
  );
}

describe('geometry', () => {
  test('a box has the corners it is read off again', () => {
    fc.assert(
      fc.property(box, fc.double({ min: 0.4, max: 3, noNaN: true }), (any, aspect) => {
        const again = boxOfQuad(cornersOf(any, aspect), aspect);
        for (const field of ['x', 'y', 'scale', 'roll'] as const) expect(again[field]).toBeCloseTo(any[field], 6);
      }),
    );
  });

  test('a pulled corner follows the hand and the opposite one stays', () => {
    fc.assert(
      fc.property(
        box,
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        (any, corner, by) => {
          const bigger = cornersOf({ ...any, scale: any.scale * by }, 1.5);
          const held = cornersOf(any, 1.5)[(corner + 2) % 4];
          const moved = bigger[corner];
          const anchor = bigger[(corner + 2) % 4];
          if (!held || !moved || !anchor) throw new Error('four corners');
          const to = { x: moved.x + held.x - anchor.x, y: moved.y + held.y - anchor.y };
          const result = cornersOf(pulled(any, corner, to, 1.5), 1.5);
          if (any.scale * by < 0.06) return;
          expect(result[corner]?.x).toBeCloseTo(to.x, 6);
          expect(result[corner]?.y).toBeCloseTo(to.y, 6);
          expect(result[(corner + 2) % 4]?.x).toBeCloseTo(held.x, 6);
        },
      ),
    );
  });

  test('a box turned to a point faces it; one kept within limits shows nothing beyond them and is left alone when it fits', () => {
    fc.assert(
      fc.property(box, unit, unit, fc.double({ min: 0.2, max: 6, noNaN: true }), (any, x, y, scale) => {
        const asked = { ...any, x: 3 * x - 1, y: 3 * y - 1, scale };
        const safe = within(asked, frame, 16 / 9);
        for (const corner of cornersOf(safe, 16 / 9)) {
          expect(Math.abs(corner.x - 0.5)).toBeLessThanOrEqual(0.5 + 1e-9);
          expect(Math.abs(corner.y - 0.5)).toBeLessThanOrEqual(0.5 + 1e-9);
        }
        const twice = within(safe, frame, 16 / 9);
        for (const field of ['x', 'y', 'scale', 'roll'] as const) expect(twice[field]).toBeCloseTo(safe[field], 9);
        const top = cornersOf({ ...safe, roll: 30 }, 2);
        const above = { x: (top[0].x + top[1].x) / 2, y: (top[0].y + top[1].y) / 2 };
        expect(turnedTo(safe, above, 2).roll).toBeCloseTo(30, 6);
      }),
    );
  });

  test('parts of the drawing and parts of the frame are told apart on boards of another shape', () => {
    const wide = placeOf({ width: 3000, height: 1000 }, { width: 1600, height: 800 }, 'fill');
    expect(wide).toEqual({ x: -0.25, y: 0, width: 1.5, height: 1 });
    expect(limitsOf(wide)).toEqual({ x: -0.25, y: 0, width: 1.5, height: 1 });
    expect(placeOf({ width: 1000, height: 1000 }, { width: 2000, height: 1000 }, 'letterbox')).toEqual({
      x: 0.25,
      y: 0,
      width: 0.5,
      height: 1,
    });
    fc.assert(
      fc.property(unit, unit, (x, y) => {
        const back = toBoard(toFrame({ x, y }, wide), wide);
        expect(back.x).toBeCloseTo(x, 9);
        expect(back.y).toBeCloseTo(y, 9);
      }),
    );
  });
});

describe('keys', () => {
  test('stored framing gives the keys back, holds too', () => {
    fc.assert(
      fc.property(keys, (some) => {
        const framing = framingOf(some);
        expect(zShot.safeParse(shotOf('', { framing })).success).toBe(true);
        const again = keysOf(framing);
        // A hold with no frame to hold on, or before nothing, is a linear key.
        const same = some.map((one, i) => {
          const next = some[i + 1];
          return one.ease === 'hold' && (!next || next.frame - one.frame < 2)
            ? { ...one, ease: 'linear' as const }
            : one;
        });
        expect(framingOf(again)).toEqual(framing);
        if (!same.some(({ ease }) => ease === 'linear')) expect(again).toEqual(same);
      }),
    );
  });
});

describe('agreement', () => {
  test('what is drawn is written so that the note reads as the same moves, whatever it said before', () => {
    expect(NOTES.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(keys, fc.constantFrom('', ...NOTES), (some, note) => {
        const before = shotOf(note);
        const shot = drawn(before, some);
        const moves = shot.moves ?? [];
        expect(sameMoves(parseNotes(shot.notes, notesOptions(shot)).moves, moves)).toBe(true);
        expect(disagrees(shot)).toBe(false);
        expect(moves.every(({ confidence }) => confidence === 1)).toBe(true);
        // Nothing that was said or done in the shot is lost.
        const { dialogue } = parseNotes(note, notesOptions(before));
        for (const line of dialogue)
          expect(`${shot.notes} ${shot.action ?? ''}`).toContain(line.replace(/[\s,;:.]+$/u, '').trim());
      }),
      { numRuns: 150 },
    );
  });

  test('the moves rebuild the boxes from the first one', () => {
    fc.assert(
      fc.property(box, upright, (a, b) => {
        const start: Key = { frame: 0, box: a, ease: 'ease-in-out' };
        const shot = drawn(shotOf(''), [start, { frame: FRAMES - 1, box: b, ease: 'linear' }]);
        let end = a;
        for (const { kind, amount } of readNote(shot)) {
          if (kind === 'push-in') end = { ...end, scale: end.scale / amount };
          if (kind === 'pull-out') end = { ...end, scale: end.scale * amount };
          if (kind.startsWith('truck')) end = { ...end, x: end.x + (kind === 'truck-right' ? amount : -amount) };
          if (kind.startsWith('crane')) end = { ...end, y: end.y + (kind === 'crane-down' ? amount : -amount) };
          if (kind.startsWith('roll')) end = { ...end, roll: end.roll + (kind === 'roll-cw' ? amount : -amount) };
        }
        expect(Math.abs(end.x - b.x)).toBeLessThan(0.003);
        expect(Math.abs(end.y - b.y)).toBeLessThan(0.003);
        expect(Math.abs(end.scale / b.scale - 1)).toBeLessThan(0.003);
        expect(Math.abs(end.roll - b.roll)).toBeLessThan(0.06);
      }),
    );
  });

  test('words of the same direction and whom they go to are kept', () => {
    const box = { x: 0.6, y: 0.5, scale: 0.5, roll: 0 };
    const shot = drawn(shotOf('Zoom in on Anna. She says "no".'), [
      { frame: 0, box: { x: 0.5, y: 0.5, scale: 1, roll: 0 }, ease: 'ease-in' },
      { frame: FRAMES - 1, box, ease: 'linear' },
    ]);
    expect(shot.notes).toContain('zoom in on Anna 2x ease in from f0 to f48');
    expect(shot.notes).toContain('She says "no"');
  });

  test('a camera drawn by hand outlives any note, until the note is let rule again', () => {
    const keysDrawn: Key[] = [{ frame: 0, box: { x: 0.4, y: 0.5, scale: 0.6, roll: 0 }, ease: 'linear' }];
    const byHand = drawn(shotOf('pan left'), keysDrawn);
    const edited = noted(byHand, 'push in 2x');
    expect(edited.framing).toEqual(byHand.framing);
    expect(edited.moves).toEqual(byHand.moves);
    expect(corrected(edited)).toBe(true);
    expect(disagrees(edited)).toBe(true);
    expect(resolveMoves(followed(edited))).toEqual(parseNotes('push in 2x', notesOptions(edited)).moves);
    // Undrawn, the note is read at once, chips that only repeat it included.
    const chips = shotOf('pan left', { moves: parseNotes('pan left', notesOptions(byHand)).moves });
    expect(resolveMoves(noted(chips, 'tilt up'))[0]?.kind).toBe('tilt-up');
  });

  test('handheld and the like go on over what is drawn', () => {
    const shot = drawn(shotOf('Handheld, push in'), [
      { frame: 0, box: { x: 0.5, y: 0.5, scale: 0.5, roll: 0 }, ease: 'linear' },
    ]);
    expect(shot.moves?.map(({ kind }) => kind).sort()).toEqual(['handheld', 'hold']);
  });
});

describe('the rendered camera', () => {
  let live: Live;
  beforeAll(async () => void (live = await openLive({ workers: 1 })));
  afterAll(() => live.close());
  const picture = { at: 0, name: 'a.png', width: 64, height: 36, rgb: new Uint8Array(64 * 36 * 3).fill(200) };
  const order = (shot: Shot) => ({ shot, boards: [picture], size: { width: 480, height: 270 }, seed: 1 });

  test('shows the drawn box on every key', () => {
    fc.assert(
      fc.property(keys, (some) => {
        const shot = drawn(shotOf('push in'), some);
        const seen = live.framing(
          order(shot),
          some.map((one) => one.frame),
        );
        some.forEach((one, i) => {
          const quad = seen[i];
          if (!quad) throw new Error('no camera');
          cornersOf(one.box, 480 / 270).forEach((corner, c) => {
            expect(Math.abs((quad[c]?.x ?? 9) - corner.x)).toBeLessThan(1e-3);
            expect(Math.abs((quad[c]?.y ?? 9) - corner.y)).toBeLessThan(1e-3);
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  test('shows it on boards of another shape too, out to the ends of the drawing', () => {
    const shapes = [
      { board: { ...picture, width: 128 }, fit: 'fill' },
      { board: { ...picture, height: 72 }, fit: 'fill' },
      { board: { ...picture, width: 128 }, fit: 'letterbox' },
      { board: { ...picture, height: 72 }, fit: 'letterbox' },
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(box, { minLength: 2, maxLength: 2 }),
        unit,
        unit,
        (shape, boxes, x, y) => {
          const rgb = new Uint8Array(shape.board.width * shape.board.height * 3).fill(200);
          const limits = limitsOf(placeOf(shape.board, { width: 480, height: 270 }, shape.fit));
          const [a, b] = boxes.map((one) => rounded(within({ ...one, x: 3 * x - 1, y: 3 * y - 1 }, limits, 480 / 270)));
          if (!a || !b) throw new Error('two boxes');
          const shot = drawn(shotOf('', { fit: shape.fit }), [
            { frame: 0, box: a, ease: 'linear' },
            { frame: FRAMES - 1, box: b, ease: 'linear' },
          ]);
          const seen = live.framing({ ...order(shot), boards: [{ ...shape.board, rgb }] }, [0, FRAMES - 1]);
          [a, b].forEach((one, i) =>
            cornersOf(one, 480 / 270).forEach((corner, c) => {
              expect(Math.abs((seen[i]?.[c]?.x ?? 9) - corner.x)).toBeLessThan(1e-3);
              expect(Math.abs((seen[i]?.[c]?.y ?? 9) - corner.y)).toBeLessThan(1e-3);
            }),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('boxes shown for a note are those its camera has, and drawing them anew keeps the camera', () => {
    for (const note of [
      'push in 1.5x',
      'pull out 1.4x',
      'truck right 0.1 widths',
      'roll clockwise 8°',
      'hold 1s, then zoom in 2x',
    ]) {
      const shot = shotOf(note);
      const moves = resolveMoves(shot);
      const frames = framesOf(moves, FRAMES);
      const asked = { ...shot, moves };
      const quads = live.framing(order(asked), frames);
      const redrawn = drawn(shot, keysAt(frames, quads, moves, 16 / 9));
      const again = live.framing(order(redrawn), frames);
      quads.forEach((quad, i) =>
        quad.forEach((corner, c) => {
          expect(Math.abs((again[i]?.[c]?.x ?? 9) - corner.x)).toBeLessThan(2e-3);
          expect(Math.abs((again[i]?.[c]?.y ?? 9) - corner.y)).toBeLessThan(2e-3);
        }),
      );
    }
    expect(formatMoves(readNote(drawn(shotOf('push in 1.5x'), keysOf([]))), { rate: { num: 24, den: 1 } })).toBe(
      'hold linear from f0 to f48',
    );
  });
});
