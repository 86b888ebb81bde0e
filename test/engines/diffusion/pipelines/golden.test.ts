/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { checkCase } from '../../../../companion-app/engines/diffusion/check';

const FOLDER = join(__dirname, '../../../fixtures/golden');

const readImage = async (path: string) => {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
};

/** A case without a pack of its own is about the first one's of its kind. */
const packOf = (name: string): string => {
  const own = join(FOLDER, name, 'pack');
  return existsSync(own) ? own : join(FOLDER, name.replace(/[^-]*$/, 'a'), 'pack');
};

describe('pipelines agree with diffusers at every intermediate', () => {
  const cases = readdirSync(FOLDER).filter((name) => name.includes('-stub-'));

  test('the reference cases are here', () => expect(cases.length).toBeGreaterThanOrEqual(12));

  test.each(cases)('%s', async (name) => {
    const folder = join(FOLDER, name);
    const result = await checkCase(packOf(name), folder, readImage, { provider: 'cpu', threads: 1 });
    expect(result.comparisons.filter((comparison) => !comparison.ok)).toEqual([]);
    expect(result.comparisons.map((comparison) => comparison.name)).toEqual(
      expect.arrayContaining(['preprocessed_image', 'latents_steps', 'frames_s3', 'frames_u8', 'timesteps']),
    );
    expect(result.ok).toBe(true);
  });
});
