/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { checkCase } from '../../../../companion-app/engines/diffusion/check';

const FOLDER = join(__dirname, '../../../fixtures/golden');

const readImage = async (path: string) => {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
};

describe('pipelines agree with diffusers at every intermediate', () => {
  const cases = readdirSync(FOLDER).filter((name) => name.includes('-stub-'));

  test('the reference cases are here', () => expect(cases.length).toBeGreaterThanOrEqual(7));

  test.each(cases)('%s', async (name) => {
    const folder = join(FOLDER, name);
    const result = await checkCase(join(folder, 'pack'), folder, readImage, { provider: 'cpu', threads: 1 });
    expect(result.comparisons.filter((comparison) => !comparison.ok)).toEqual([]);
    expect(result.comparisons.map((comparison) => comparison.name)).toEqual(
      expect.arrayContaining(['preprocessed_image', 'latents_steps', 'frames_s3', 'frames_u8', 'timesteps']),
    );
    expect(result.ok).toBe(true);
  });
});
