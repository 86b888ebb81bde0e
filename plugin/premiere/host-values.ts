/** Values of the host that differ at run time from what its types say. */
import type { Guid } from '@adobe/premierepro';

/** The types promise an object where the host gives null or undefined: no project open, nothing selected. */
export function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

/** A guid as text, for comparing and storing: two fetches never give the same object. */
export function guidText(guid: Guid): string {
  return String(guid);
}

/** Compares constants that the types call numbers and the host may give as strings. */
export function sameConstant(a: number | string | undefined, b: number | string | undefined): boolean {
  return a !== undefined && b !== undefined && String(a) === String(b);
}

/** What the promise gives, or `fallback` where the host throws: for getters that fail on some kinds of item. */
export async function orElse<T>(get: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return (await get()) ?? fallback;
  } catch {
    return fallback;
  }
}
