/** Kernel: reads a sheet's picture for a row of cells, four by four pixels each, with a bicubic filter of 4×4 taps. */
import { FunctionMaker, repeat, when, type Code, type Local } from './assembler';
import { CELL } from '../grid';
import { FRAME, LEVEL, LEVELS, OCCUPANCY_SHIFT, PHASES, SHEET, WEIGHT_SHIFT } from './blocks';
import { f32, f32x4, i16x8, i32, i32x4, i8x16, v128 } from './instructions';

/** Bytes of pixels 0 and 1 (2 and 3) of four RGBA pixels as pairs of 16-bit integers, channel by channel; −1 gives 0. */
const FIRST_PAIR = [0, 255, 4, 255, 1, 255, 5, 255, 2, 255, 6, 255, 3, 255, 7, 255];
const SECOND_PAIR = [8, 255, 12, 255, 9, 255, 13, 255, 10, 255, 14, 255, 11, 255, 15, 255];
const ALPHAS = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255];
/** The alpha of pixels 0 and 1 (2 and 3) as 16-bit integers over all their channels. */
const FIRST_ALPHAS = [3, 255, 3, 255, 3, 255, 3, 255, 7, 255, 7, 255, 7, 255, 7, 255];
const SECOND_ALPHAS = [11, 255, 11, 255, 11, 255, 11, 255, 15, 255, 15, 255, 15, 255, 15, 255];
const LANES = [0, 1, 2, 3] as const;
const STEPS = [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64];

/** A level of sharpness read into locals. */
class Level {
  readonly picture: Local;
  readonly stride: Local;
  readonly scale: Local;
  readonly shift: Local;
  readonly mostX: Local;
  readonly mostY: Local;
  readonly across: Local;
  readonly down: Local;

  constructor(fn: FunctionMaker) {
    [this.picture, this.stride, this.across, this.down] = [
      fn.local('i32'),
      fn.local('i32'),
      fn.local('i32'),
      fn.local('i32'),
    ];
    [this.scale, this.shift, this.mostX, this.mostY] = [
      fn.local('v128'),
      fn.local('v128'),
      fn.local('v128'),
      fn.local('v128'),
    ];
  }

  readFrom(record: Code): Code {
    const splat = (offset: number) => f32x4.splat(f32.load(record, offset));
    return [
      this.picture.set(i32.load(record, LEVEL.picture)),
      this.stride.set(i32.load(record, LEVEL.stride)),
      this.across.set(i32.load(record, LEVEL.across)),
      this.down.set(i32.load(record, LEVEL.down)),
      this.scale.set(splat(LEVEL.scale)),
      this.shift.set(splat(LEVEL.shift)),
      this.mostX.set(splat(LEVEL.mostX)),
      this.mostY.set(splat(LEVEL.mostY)),
    ].flat();
  }
}

/** Locals that reading four pixels needs. */
class Sampler {
  private readonly fixedX: Local;
  private readonly fixedY: Local;
  private readonly addresses: Local;
  private readonly pixels: readonly Local[];
  private readonly row: Local;
  private readonly sum: Local;
  private readonly w01: Local;
  private readonly w23: Local;
  private readonly address: Local;
  private readonly weights: Local;

  constructor(fn: FunctionMaker) {
    const vector = () => fn.local('v128');
    [this.fixedX, this.fixedY, this.addresses, this.row, this.sum] = [vector(), vector(), vector(), vector(), vector()];
    [this.w01, this.w23, this.address, this.weights] = [vector(), vector(), fn.local('i32'), fn.local('i32')];
    this.pixels = LANES.map(vector);
  }

  /** Sets `result` to the four RGBA pixels at positions (x, y), two vectors of floats. */
  read(level: Level, x: Local, y: Local, result: Local): Code {
    const fixed = (position: Local, most: Local) =>
      i32x4.truncF32(
        f32x4.add(
          f32x4.mul(
            f32x4.max(
              f32x4.splat(f32.const(1)),
              f32x4.min(f32x4.add(f32x4.mul(position.get, level.scale.get), level.shift.get), most.get),
            ),
            f32x4.splat(f32.const(PHASES)),
          ),
          f32x4.splat(f32.const(0.5)),
        ),
      );
    const bits = Math.log2(PHASES);
    const whole = (position: Local) => i32x4.shrS(position.get, i32.const(bits));
    const phase = (position: Local, lane: number) => i32.and(i32x4.lane(lane, position.get), i32.const(PHASES - 1));
    return [
      this.fixedX.set(fixed(x, level.mostX)),
      this.fixedY.set(fixed(y, level.mostY)),
      this.addresses.set(
        i32x4.add(
          i32x4.splat(level.picture.get),
          i32x4.add(
            i32x4.mul(whole(this.fixedY), i32x4.splat(level.stride.get)),
            i32x4.shl(whole(this.fixedX), i32.const(2)),
          ),
        ),
      ),
      ...LANES.map((lane) => this.pixel(level, lane, phase)),
      result.set(i8x16.narrowI16U(this.pair(0), this.pair(2))),
    ].flat();
  }

  private pixel(level: Level, lane: number, phase: (position: Local, lane: number) => Code): Code {
    const pixel = this.pixels[lane];
    if (!pixel) return [];
    return [
      this.weights.set(i32.add(level.across.get, i32.shl(phase(this.fixedX, lane), i32.const(3)))),
      this.w01.set(v128.load32Splat(this.weights.get)),
      this.w23.set(v128.load32Splat(this.weights.get, 4)),
      this.weights.set(i32.add(level.down.get, i32.shl(phase(this.fixedY, lane), i32.const(4)))),
      this.address.set(i32x4.lane(lane, this.addresses.get)),
      ...LANES.map((tap) => [
        this.row.set(v128.load(this.address.get)),
        this.sum.set(
          i32x4.mul(
            i32x4.add(
              i32x4.dotI16(i8x16.swizzle(this.row.get, v128.const(FIRST_PAIR)), this.w01.get),
              i32x4.dotI16(i8x16.swizzle(this.row.get, v128.const(SECOND_PAIR)), this.w23.get),
            ),
            v128.load32Splat(this.weights.get, 4 * tap),
          ),
        ),
        pixel.set(tap === 0 ? this.sum.get : i32x4.add(pixel.get, this.sum.get)),
        tap < 3 ? this.address.set(i32.add(this.address.get, level.stride.get)) : [],
      ]).flat(),
      pixel.set(
        i32x4.shrS(i32x4.add(pixel.get, i32x4.splat(i32.const(1 << (WEIGHT_SHIFT - 1)))), i32.const(WEIGHT_SHIFT)),
      ),
    ].flat();
  }

  private pair(first: number): Code {
    return i16x8.narrowI32S(this.pixels[first]?.get ?? [], this.pixels[first + 1]?.get ?? []);
  }
}

/** a·(256 − t) + b·t over 256 for 16 bytes; `t` is a vector of 16-bit integers 0–256. */
function mixed(a: Local, b: Local, t: Local): Code {
  const half = (extend: (v: Code) => Code) =>
    i16x8.shrU(
      i16x8.add(
        i16x8.mul(extend(a.get), i16x8.sub(i16x8.splat(i32.const(256)), t.get)),
        i16x8.mul(extend(b.get), t.get),
      ),
      i32.const(8),
    );
  return i8x16.narrowI16U(half(i16x8.extendLowU), half(i16x8.extendHighU));
}

/** Source over destination, both premultiplied. */
function over(source: Local, below: Local): Code {
  const through = (extend: (v: Code) => Code, alphas: readonly number[]) => {
    // x/255 rounded, for x up to 255·255: (x + 128 + (x + 128)/256)/256.
    const product = i16x8.add(
      i16x8.mul(
        extend(below.get),
        i16x8.sub(i16x8.splat(i32.const(255)), i8x16.swizzle(source.get, v128.const(alphas))),
      ),
      i16x8.splat(i32.const(128)),
    );
    return i16x8.add(
      extend(source.get),
      i16x8.shrU(i16x8.add(product, i16x8.shrU(product, i32.const(8))), i32.const(8)),
    );
  };
  return i8x16.narrowI16U(through(i16x8.extendLowU, FIRST_ALPHAS), through(i16x8.extendHighU, SECOND_ALPHAS));
}

/**
 * gather(frame, sheet, above, below, band): draws a sheet's row of cells over the band buffer (4 rows of RGBA). `above` and
 * `below` are the grid rows written by `locate`. With focus, every cell mixes the two levels of sharpness nearest to its
 * blur.
 */
export function gatherKernel(): FunctionMaker {
  const fn = new FunctionMaker('gather', ['i32', 'i32', 'i32', 'i32', 'i32']);
  const [frame, sheet, above, below, band] = fn.params as [Local, Local, Local, Local, Local];
  const [cell, k, at, target, drawn, level] = [1, 2, 3, 4, 5, 6].map(() => fn.local('i32')) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [left, right, blur] = [fn.local('f32'), fn.local('f32'), fn.local('f32')];
  const [x, y, source, softer, beneath, mix] = [1, 2, 3, 4, 5, 6].map(() => fn.local('v128')) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [sharp, soft] = [new Level(fn), new Level(fn)];
  const sampler = new Sampler(fn);
  const plane = i32.load(frame.get, FRAME.plane);
  const corner = (row: Local, planes: number, next: number) =>
    f32.load(
      i32.add(
        row.get,
        i32.add(planes === 0 ? at.get : i32.add(at.get, i32.shl(plane, i32.const(planes - 1))), i32.const(4 * next)),
      ),
    );
  const mean = (planes: number) => f32.mul(f32.const(0.5), f32.add(corner(above, planes, 0), corner(below, planes, 1)));
  const record = (n: Code) => i32.add(i32.add(sheet.get, i32.const(SHEET.levels)), i32.mul(n, i32.const(LEVEL.size)));

  /** Four positions along one pixel row of the cell, `k` rows down. */
  const positions = (planes: number, into: Local) => {
    const down = f32.mul(f32.ofI32(k.get), f32.const(1 / CELL));
    const side = (next: number) =>
      f32.add(
        corner(above, planes, next),
        f32.mul(f32.sub(corner(below, planes, next), corner(above, planes, next)), down),
      );
    return [
      left.set(side(0)),
      right.set(f32.mul(f32.sub(side(1), left.get), f32.const(1 / CELL))),
      into.set(f32x4.add(f32x4.splat(left.get), f32x4.mul(f32x4.splat(right.get), v128.const(STEPS)))),
    ].flat();
  };

  const focus = [
    blur.set(
      f32.min(
        f32.const(2 ** (LEVELS - 2) * 0.999),
        f32.mul(
          f32.load(frame.get, FRAME.focusBlur),
          f32.abs(f32.sub(mean(2), f32.load(frame.get, FRAME.focusRelief))),
        ),
      ),
    ),
    // Blur below one pixel lies between levels 0 and 1; [2^n, 2^(n+1)) between n + 1 and n + 2.
    when(
      f32.gt(f32.const(1), blur.get),
      [level.set(i32.const(0))],
      [
        level.set(i32.sub(i32.shrU(i32.bitsOfF32(blur.get), i32.const(23)), i32.const(126))),
        blur.set(f32.sub(f32.mul(blur.get, f32.load(record(level.get), LEVEL.scale)), f32.const(1))),
      ],
    ),
    mix.set(i16x8.splat(i32.truncF32(f32.mul(blur.get, f32.const(256))))),
    sharp.readFrom(record(level.get)),
    soft.readFrom(record(i32.add(level.get, i32.const(1)))),
  ].flat();

  const fourPixels = [
    positions(0, x),
    positions(1, y),
    sampler.read(sharp, x, y, source),
    when(f32.gt(f32.load(frame.get, FRAME.focusBlur), f32.const(0)), [
      sampler.read(soft, x, y, softer),
      source.set(mixed(source, softer, mix)),
    ]),
    when(
      i32.load(sheet.get, SHEET.opaque),
      [v128.store(target.get, source.get)],
      [
        when(v128.anyTrue(v128.and(source.get, v128.const(ALPHAS))), [
          beneath.set(v128.load(target.get)),
          v128.store(target.get, over(source, beneath)),
        ]),
      ],
    ),
    target.set(i32.add(target.get, i32.load(frame.get, FRAME.bandStride))),
    k.set(i32.add(k.get, i32.const(1))),
  ];

  const square = (planes: number, count: number) =>
    i32.truncF32(
      f32.max(
        f32.const(0),
        f32.min(
          f32.mul(mean(planes), f32.const(2 ** -OCCUPANCY_SHIFT)),
          f32.ofI32(i32.sub(i32.load(sheet.get, count), i32.const(1))),
        ),
      ),
    );
  const occupied = [
    drawn.set(i32.const(1)),
    when(i32.load(sheet.get, SHEET.occupancy), [
      drawn.set(
        i32.load8(
          i32.add(
            i32.load(sheet.get, SHEET.occupancy),
            i32.add(
              i32.mul(square(1, SHEET.occupancyHeight), i32.load(sheet.get, SHEET.occupancyWidth)),
              square(0, SHEET.occupancyWidth),
            ),
          ),
        ),
      ),
    ]),
  ].flat();

  return fn.does(
    sharp.readFrom(record(i32.const(0))),
    repeat(
      [
        at.set(i32.shl(cell.get, i32.const(2))),
        occupied,
        when(drawn.get, [
          when(f32.gt(f32.load(frame.get, FRAME.focusBlur), f32.const(0)), [focus]),
          k.set(i32.const(0)),
          target.set(i32.add(band.get, i32.shl(cell.get, i32.const(4)))),
          repeat(fourPixels, i32.ltS(k.get, i32.const(CELL))),
        ]),
        cell.set(i32.add(cell.get, i32.const(1))),
      ],
      i32.ltS(cell.get, i32.load(frame.get, FRAME.cells)),
    ),
  );
}
