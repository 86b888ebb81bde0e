/** A trained estimator of near and far, handed in by whoever has one. */

/** Nearness of a picture: higher is nearer, in no particular unit. */
export interface DepthMap {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

export interface DepthModel {
  readonly name: string;
  /** Reads an 8-bit RGB picture of any size; the map's size is the model's choice. Throws what its session throws. */
  estimate(rgb: Uint8Array, width: number, height: number, signal: AbortSignal): Promise<DepthMap>;
}
