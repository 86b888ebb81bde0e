/** Kernel: where on a sheet each corner of a row of cells looks. */
import { block, FunctionMaker, leaveIf, repeat, when, type Code, type Local } from './assembler';
import { CELL } from '../grid';
import { FRAME, SHEET } from './blocks';
import { f32, f64, i32 } from './instructions';

const MOST_ITERATIONS = 16;
/** Picture pixels: an iteration that moves the point by less is the last. */
const CLOSE_ENOUGH = 0.01;
const MOST_STEPS = 64;

/** Statements that set `result` to the relief at picture position (px, py), bilinear, clamped at the borders. */
function readRelief(fn: FunctionMaker, sheet: Local, px: Local, py: Local, result: Local): Code {
  const [x, y, fx, fy] = [fn.local('f64'), fn.local('f64'), fn.local('f64'), fn.local('f64')];
  const [column, row, address, right, below] = [1, 2, 3, 4, 5].map(() => fn.local('i32')) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const field = (offset: number) => f64.load(sheet.get, offset);
  const clamped = (value: Code, count: number) =>
    f64.max(f64.const(0), f64.min(value, f64.ofI32(i32.sub(i32.load(sheet.get, count), i32.const(1)))));
  const at = (address: Code) => f64.ofF32(f32.load(address));
  const mix = (a: Code, b: Code, t: Local) => f64.add(f64.mul(a, f64.sub(f64.const(1), t.get)), f64.mul(b, t.get));
  return [
    x.set(clamped(f64.add(field(SHEET.reliefX), f64.mul(field(SHEET.reliefScaleX), px.get)), SHEET.reliefWidth)),
    y.set(clamped(f64.add(field(SHEET.reliefY), f64.mul(field(SHEET.reliefScaleY), py.get)), SHEET.reliefHeight)),
    column.set(i32.truncF64(x.get)),
    row.set(i32.truncF64(y.get)),
    fx.set(f64.sub(x.get, f64.ofI32(column.get))),
    fy.set(f64.sub(y.get, f64.ofI32(row.get))),
    address.set(
      i32.add(
        i32.load(sheet.get, SHEET.relief),
        i32.shl(i32.add(i32.mul(row.get, i32.load(sheet.get, SHEET.reliefWidth)), column.get), i32.const(2)),
      ),
    ),
    right.set(i32.const(0)),
    below.set(i32.const(0)),
    when(f64.gt(fx.get, f64.const(0)), [right.set(i32.const(4))]),
    when(f64.gt(fy.get, f64.const(0)), [below.set(i32.shl(i32.load(sheet.get, SHEET.reliefWidth), i32.const(2)))]),
    result.set(
      mix(
        mix(at(address.get), at(i32.add(address.get, right.get)), fx),
        mix(at(i32.add(address.get, below.get)), at(i32.add(i32.add(address.get, below.get), right.get)), fx),
        fy,
      ),
    ),
  ].flat();
}

/**
 * locate(frame, sheet, row, out): writes x, y and relief (three planes of `cells + 1` floats) for the corners of grid row
 * `row`. The relief w where the line of sight meets the sheet solves w = relief(position(w)). On gentle relief that map
 * contracts, so it is iterated from the neighbour's answer; elsewhere the line is searched from near to far, so that what
 * stands in front hides what is behind.
 */
export function locateKernel(): FunctionMaker {
  const fn = new FunctionMaker('locate', ['i32', 'i32', 'i32', 'i32']);
  const [frame, sheet, row, out] = fn.params as [Local, Local, Local, Local];
  const number = () => fn.local('f64');
  const [sx, sy, depth, a, b, x0, y0, dx, dy] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(number) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [px, py, w, seen, reach, step, gap, before] = [1, 2, 3, 4, 5, 6, 7, 8].map(number) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [i, n] = [fn.local('i32'), fn.local('i32')];
  const camera = (offset: number) => f64.load(frame.get, offset);
  const field = (offset: number) => f64.load(sheet.get, offset);
  const turned = (line: number) =>
    f64.add(
      f64.add(
        f64.mul(camera(FRAME.rotation + 24 * line), sx.get),
        f64.mul(camera(FRAME.rotation + 24 * line + 8), sy.get),
      ),
      f64.mul(camera(FRAME.rotation + 24 * line + 16), camera(FRAME.focal)),
    );
  const middle = f64.mul(f64.const(0.5), f64.add(field(SHEET.nearest), field(SHEET.farthest)));
  const go = [px.set(f64.add(x0.get, f64.mul(w.get, dx.get))), py.set(f64.add(y0.get, f64.mul(w.get, dy.get)))].flat();
  const look = readRelief(fn, sheet, px, py, seen);

  const iterate = [
    n.set(i32.const(0)),
    block(
      repeat(
        [
          go,
          look,
          gap.set(f64.mul(f64.abs(f64.sub(seen.get, w.get)), reach.get)),
          w.set(seen.get),
          leaveIf(f64.lt(gap.get, f64.const(CLOSE_ENOUGH)), 1),
          n.set(i32.add(n.get, i32.const(1))),
        ],
        i32.ltS(n.get, i32.const(MOST_ITERATIONS)),
      ),
    ),
  ].flat();

  const march = [
    step.set(
      f64.add(
        f64.const(1),
        f64.floor(
          f64.min(
            f64.const(MOST_STEPS),
            f64.div(f64.mul(reach.get, f64.sub(field(SHEET.nearest), field(SHEET.farthest))), field(SHEET.march)),
          ),
        ),
      ),
    ),
    n.set(i32.truncF64(step.get)),
    step.set(f64.div(f64.sub(field(SHEET.nearest), field(SHEET.farthest)), step.get)),
    w.set(field(SHEET.nearest)),
    go,
    look,
    before.set(f64.const(0)),
    block(
      repeat(
        [
          gap.set(f64.sub(w.get, seen.get)),
          // Met: the crossing lies between the last two tries, about where the straight line through them does.
          when(f64.lt(gap.get, f64.const(1e-9)), [
            when(f64.gt(before.get, f64.const(0)), [
              w.set(
                f64.add(
                  w.get,
                  f64.mul(step.get, f64.div(f64.sub(f64.const(0), gap.get), f64.sub(before.get, gap.get))),
                ),
              ),
            ]),
          ]),
          leaveIf(f64.lt(gap.get, f64.const(1e-9)), 1),
          before.set(gap.get),
          w.set(f64.sub(w.get, step.get)),
          go,
          look,
          n.set(i32.sub(n.get, i32.const(1))),
        ],
        i32.geS(n.get, i32.const(0)),
      ),
    ),
  ].flat();

  const atColumn = (plane: number) =>
    i32.add(
      i32.add(out.get, i32.shl(i32.load(frame.get, FRAME.plane), i32.const(plane))),
      i32.shl(i.get, i32.const(2)),
    );
  const planes = { x: out.get, y: atColumn(0), relief: atColumn(1) };

  return fn.does(
    sy.set(f64.add(camera(FRAME.top), f64.mul(f64.ofI32(i32.mul(row.get, i32.const(CELL))), camera(FRAME.step)))),
    w.set(middle),
    repeat(
      [
        sx.set(f64.add(camera(FRAME.left), f64.mul(f64.ofI32(i32.mul(i.get, i32.const(CELL))), camera(FRAME.step)))),
        depth.set(turned(2)),
        a.set(f64.add(f64.div(turned(0), depth.get), camera(FRAME.shiftA))),
        b.set(f64.add(f64.div(turned(1), depth.get), camera(FRAME.shiftB))),
        x0.set(f64.add(field(SHEET.originX), f64.mul(field(SHEET.scaleX), f64.mul(camera(FRAME.lens), a.get)))),
        y0.set(f64.add(field(SHEET.originY), f64.mul(field(SHEET.scaleY), f64.mul(camera(FRAME.lens), b.get)))),
        dx.set(f64.mul(field(SHEET.scaleX), f64.sub(camera(FRAME.x), f64.mul(camera(FRAME.z), a.get)))),
        dy.set(f64.mul(field(SHEET.scaleY), f64.sub(camera(FRAME.y), f64.mul(camera(FRAME.z), b.get)))),
        reach.set(f64.max(f64.abs(dx.get), f64.abs(dy.get))),
        // A body stands at one distance, which neither moves it nor softens it apart: there is nothing to look for.
        when(
          f64.lt(
            f64.mul(
              f64.max(reach.get, f64.ofF32(f32.load(frame.get, FRAME.focusBlur))),
              f64.sub(field(SHEET.nearest), field(SHEET.farthest)),
            ),
            f64.const(CLOSE_ENOUGH),
          ),
          [w.set(middle)],
          [when(f64.gt(field(SHEET.march), f64.const(0)), [march], [iterate])],
        ),
        go,
        f32.store(i32.add(planes.x, i32.shl(i.get, i32.const(2))), f32.ofF64(px.get)),
        f32.store(planes.y, f32.ofF64(py.get)),
        f32.store(planes.relief, f32.ofF64(w.get)),
        i.set(i32.add(i.get, i32.const(1))),
      ],
      i32.ltS(i.get, i32.add(i32.load(frame.get, FRAME.cells), i32.const(1))),
    ),
  );
}
