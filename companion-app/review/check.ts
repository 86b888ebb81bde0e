/** What an automatic check says of a take. The same shape travels in a take (shared/protocol). */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** 0–1, 1 is best. */
  readonly score: number;
  /** For people: what was found, and the frames it is about. */
  readonly detail: string;
}

/** A check by its score against the least that passes. */
export function scored(name: string, score: number, least: number, detail: string): Check {
  const clamped = Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0;
  return { name, ok: clamped >= least, score: clamped, detail };
}

/** A check of a plain fact. */
export function fact(name: string, ok: boolean, detail: string): Check {
  return { name, ok, score: ok ? 1 : 0, detail };
}
