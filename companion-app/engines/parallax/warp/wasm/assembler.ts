/**
 * A small assembler for WebAssembly modules that import one memory: enough to write kernels as expressions.
 * Encoding: WebAssembly core specification 2.0 (https://www.w3.org/TR/wasm-core-2/), binary format and SIMD opcodes.
 */

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

/** A piece of code: an expression that leaves a value, or a statement that leaves none. */
export type Code = readonly number[];

const TYPE: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const NO_VALUE = 0x40;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** A local variable or parameter. */
export class Local {
  constructor(
    readonly index: number,
    readonly type: ValueType,
  ) {}

  get get(): Code {
    return [0x20, ...unsigned(this.index)];
  }

  set(value: Code): Code {
    return [...value, 0x21, ...unsigned(this.index)];
  }

  /** Sets the variable and leaves its value. */
  tee(value: Code): Code {
    return [...value, 0x22, ...unsigned(this.index)];
  }
}

/** A function in the making: parameters first, then as many locals as are asked for. */
export class FunctionMaker {
  readonly params: readonly Local[];
  private readonly locals: Local[] = [];
  private body: Code = [];

  constructor(
    readonly name: string,
    params: readonly ValueType[],
  ) {
    this.params = params.map((type, i) => new Local(i, type));
  }

  local(type: ValueType): Local {
    const local = new Local(this.params.length + this.locals.length, type);
    this.locals.push(local);
    return local;
  }

  does(...statements: readonly Code[]): this {
    this.body = statements.flat();
    return this;
  }

  /** Its signature, in the form of the type section. No function here returns a value. */
  get signature(): number[] {
    return [0x60, ...unsigned(this.params.length), ...this.params.map((p) => TYPE[p.type]), 0];
  }

  get code(): number[] {
    const declared = this.locals.flatMap((local) => [1, TYPE[local.type]]);
    const body = [...unsigned(this.locals.length), ...declared, ...this.body, 0x0b];
    return [...unsigned(body.length), ...body];
  }
}

/** A counted loop: statements run while `again` (evaluated after them) is true. Runs at least once. */
export function repeat(statements: readonly Code[], again: Code): Code {
  return [0x03, NO_VALUE, ...statements.flat(), ...again, 0x0d, 0, 0x0b];
}

export function when(condition: Code, then: readonly Code[], otherwise: readonly Code[] = []): Code {
  const rest = otherwise.length > 0 ? [0x05, ...otherwise.flat()] : [];
  return [...condition, 0x04, NO_VALUE, ...then.flat(), ...rest, 0x0b];
}

/** Runs statements up to the end unless `leave` is true at some point: see `leaveIf`. */
export function block(...statements: readonly Code[]): Code {
  return [0x02, NO_VALUE, ...statements.flat(), 0x0b];
}

/** Leaves the innermost `depth`-th enclosing block (0 the innermost) when the condition holds. */
export function leaveIf(condition: Code, depth: number): Code {
  return [...condition, 0x0d, ...unsigned(depth)];
}

/** Calls function number `index` of the module. */
export function call(index: number, ...args: readonly Code[]): Code {
  return [...args.flat(), 0x10, ...unsigned(index)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): number[] {
  const bytes = [...Buffer.from(value, 'utf8')];
  return [...unsigned(bytes.length), ...bytes];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

/** Pages of 64 KiB that a module here can address. */
export const MOST_PAGES = 65536;

/** The module's bytes. It imports a shared memory as `env.memory` and exports every function by its name. */
export function assemble(functions: readonly FunctionMaker[]): Uint8Array<ArrayBuffer> {
  const sharedMemory = [0x02, 0x03, ...unsigned(1), ...unsigned(MOST_PAGES)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(functions.map((f) => f.signature))),
    ...section(2, list([[...text('env'), ...text('memory'), ...sharedMemory]])),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(7, list(functions.map((f, i) => [...text(f.name), 0x00, ...unsigned(i)]))),
    ...section(10, list(functions.map((f) => f.code))),
  ]);
}
