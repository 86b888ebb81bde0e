/** The module of kernels: `render(frame, scratch, from, to)` draws rows of cells of one frame. */
import { assemble, call, FunctionMaker, repeat, when, type Code, type Local } from './assembler';
import { CELL } from '../grid';
import { FRAME, SHEET } from './blocks';
import { gatherKernel } from './gather';
import { i32, i8x16, v128 } from './instructions';
import { locateKernel } from './locate';

const LOCATE = 0;
const GATHER = 1;
const PACK = 2;
/** Four RGBA pixels to twelve bytes of RGB. */
const RGB_OF_RGBA = [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255];

/** pack(source, target, pixels): RGBA to RGB; writes not one byte beyond. */
function packKernel(): FunctionMaker {
  const fn = new FunctionMaker('pack', ['i32', 'i32', 'i32']);
  const [source, target, pixels] = fn.params as [Local, Local, Local];
  const four = fn.local('v128');
  const forward = (bytes: number): Code =>
    [
      source.set(i32.add(source.get, i32.const(bytes === 12 ? 16 : 4))),
      target.set(i32.add(target.get, i32.const(bytes))),
    ].flat();
  return fn.does(
    when(i32.geS(pixels.get, i32.const(4)), [
      repeat(
        [
          four.set(i8x16.swizzle(v128.load(source.get), v128.const(RGB_OF_RGBA))),
          v128.store64Lane(0, target.get, four.get),
          v128.store32Lane(2, target.get, four.get, 8),
          forward(12),
          pixels.set(i32.sub(pixels.get, i32.const(4))),
        ],
        i32.geS(pixels.get, i32.const(4)),
      ),
    ]),
    when(i32.gtS(pixels.get, i32.const(0)), [
      repeat(
        [
          ...[0, 1, 2].map((c) => i32.store8(target.get, i32.load8(source.get, c), c)),
          forward(3),
          pixels.set(i32.sub(pixels.get, i32.const(1))),
        ],
        i32.gtS(pixels.get, i32.const(0)),
      ),
    ]),
  );
}

/**
 * render(frame, scratch, from, to): draws rows of cells [from, to). `scratch` is the caller's own memory: two grid rows for
 * each sheet, then a band of four pixel rows. What is drawn does not depend on how rows are shared among callers.
 */
function renderKernel(): FunctionMaker {
  const fn = new FunctionMaker('render', ['i32', 'i32', 'i32', 'i32']);
  const [frame, scratch, from, to] = fn.params as [Local, Local, Local, Local];
  const [row, n, sheet, grid, band, line, y] = [1, 2, 3, 4, 5, 6, 7].map(() => fn.local('i32')) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const field = (offset: number) => i32.load(frame.get, offset);
  const gridRow = i32.mul(field(FRAME.plane), i32.const(3));
  const parity = (of: Code) => i32.add(grid.get, i32.mul(i32.and(of, i32.const(1)), gridRow));
  const after = i32.add(row.get, i32.const(1));
  return fn.does(
    band.set(i32.add(scratch.get, i32.mul(i32.mul(gridRow, i32.const(2)), field(FRAME.sheets)))),
    row.set(from.get),
    repeat(
      [
        n.set(i32.const(0)),
        sheet.set(field(FRAME.firstSheet)),
        grid.set(scratch.get),
        repeat(
          [
            when(i32.eqz(i32.sub(row.get, from.get)), [call(LOCATE, frame.get, sheet.get, row.get, parity(row.get))]),
            call(LOCATE, frame.get, sheet.get, after, parity(after)),
            call(GATHER, frame.get, sheet.get, parity(row.get), parity(after), band.get),
            sheet.set(i32.add(sheet.get, i32.const(SHEET.size))),
            grid.set(i32.add(grid.get, i32.mul(gridRow, i32.const(2)))),
            n.set(i32.add(n.get, i32.const(1))),
          ],
          i32.ltS(n.get, field(FRAME.sheets)),
        ),
        line.set(i32.const(0)),
        repeat(
          [
            y.set(i32.add(i32.mul(row.get, i32.const(CELL)), line.get)),
            when(i32.ltS(y.get, field(FRAME.height)), [
              call(
                PACK,
                i32.add(band.get, i32.mul(line.get, field(FRAME.bandStride))),
                i32.add(field(FRAME.target), i32.mul(y.get, i32.mul(field(FRAME.width), i32.const(3)))),
                field(FRAME.width),
              ),
            ]),
            line.set(i32.add(line.get, i32.const(1))),
          ],
          i32.ltS(line.get, i32.const(CELL)),
        ),
        row.set(after),
      ],
      i32.ltS(row.get, to.get),
    ),
  );
}

/** The kernels as a WebAssembly module; it imports a shared memory as `env.memory`. */
export function warpModule(): WebAssembly.Module {
  return new WebAssembly.Module(assemble([locateKernel(), gatherKernel(), packKernel(), renderKernel()]));
}
