/** The few places where Adobe's declarations and what a JavaScript host really hands out differ, each with its reason. */

/**
 * An Adobe type without its construct and call signatures. The declarations of TickTime, FrameRate, Guid and RectF put the
 * constructor on the instance type [D]; no instance of the host is a function.
 */
export type Members<T> = { [K in keyof T]: T[K] };

/** An object that has every member of the Adobe type T, as T itself. */
export function asHost<T extends object>(value: Members<T>): T {
  return value;
}

/** The host answers null where there is nothing (no project open, no sequence), although the declarations leave no room for it [R]. */
export function orNothing<T>(value: T | null): T {
  return value!;
}

/** An error as the host throws it: a plain Error with a short English text. */
export class HostError extends Error {
  override readonly name = 'Error';
}

/** Text seen live for an argument of the wrong kind [L]. */
const INVALID_PARAMETER = 'Invalid parameter.';
/** Text reported for a handle whose object is gone [R]. */
export const NO_LONGER_VALID = 'The script object is no longer valid';

/** Throws unless a call has min–max arguments: the host counts them [L]. */
export function arity(args: readonly unknown[], min: number, max = min): void {
  if (args.length < min || args.length > max) throw new HostError('Illegal Parameter count.');
}

/** Throws the host's "Invalid parameter." unless `ok`. */
export function valid(ok: boolean): asserts ok {
  if (!ok) throw new HostError(INVALID_PARAMETER);
}

/** A member of an Adobe type that this simulator does not model: calling it fails loudly instead of answering something made up. */
export function notModelled(member: string): (...args: unknown[]) => never {
  return () => {
    throw new Error(`${member} is not modelled by the Premiere simulator.`);
  };
}
