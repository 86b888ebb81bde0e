/** How long to wait before something that fails is tried again. */
export interface BackOff {
  /** Milliseconds before the second try. */
  readonly firstMs: number;
  /** Never longer than this. */
  readonly mostMs: number;
}

/** Milliseconds to wait after `failures` failures in a row: none after none, then doubling. */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff): number {
  return failures < 1 ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
}
