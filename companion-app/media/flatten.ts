/** A board that comes as one picture a layer becomes one picture on white, as Storyboarder itself exports it. */
import sharp from 'sharp';

export interface LayerFile {
  readonly path: string;
  /** 0–1. */
  readonly opacity: number;
}

/** Largest side of a layer in pixels; beyond that a file is refused. */
const SIDE = 16_384;

/**
 * Lays the files over each other, bottom first, each stretched to the largest one's size, on white; PNG bytes.
 * Without any layer a blank sheet of `blank` size. Throws what sharp throws for a file that is no picture.
 */
export async function flattenLayers(
  layers: readonly LayerFile[],
  blank: { width: number; height: number },
): Promise<Buffer> {
  const sizes = await Promise.all(layers.map(({ path }) => sharp(path, { limitInputPixels: SIDE * SIDE }).metadata()));
  const width = Math.max(1, ...sizes.map((s) => s.width));
  const height = Math.max(1, ...sizes.map((s) => s.height));
  const canvas = layers.length === 0 ? blank : { width, height };
  const sheets = await Promise.all(
    layers.map(async ({ path, opacity }) => ({
      input: await sharp(path, { limitInputPixels: SIDE * SIDE })
        .ensureAlpha()
        .linear([1, 1, 1, opacity], [0, 0, 0, 0])
        .resize({ ...canvas, fit: 'fill' })
        .png()
        .toBuffer(),
    })),
  );
  return sharp({ create: { ...canvas, channels: 3, background: '#ffffff' } })
    .composite(sheets)
    .png()
    .toBuffer();
}
