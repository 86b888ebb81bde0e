/** A window of SVD's real size through the product's own pipeline, its network of the real shape: steps on a provider, inside and outside the network. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { PROVIDERS, type Provider } from '../../../companion-app/inference/session';
import { writePack } from '../../../examples/tiny-pack/write';
import { measureSteps, watchRuns } from '../diffusion/overhead';
import { stubSvd } from '../diffusion/stub-pack';
import { SVD, unetOf } from './svd-unet';

const [folder = '', wanted = 'webgpu', steps = '4'] = process.argv.slice(2);

async function main(): Promise<void> {
  const provider: Provider | undefined = PROVIDERS.find((name) => name === wanted);
  if (!provider) throw new RangeError(`there is no provider ${wanted}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writePack(folder, stubSvd());
  await unetOf(SVD).write(path.join(folder, 'unet'));
  const { inside, outside } = await measureSteps(folder, Number(steps), watchRuns(), provider);
  process.stdout.write(
    `${JSON.stringify({ provider, insideMs: inside.map(Math.round), outsideMs: outside.map(Math.round) })}\n`,
  );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stdout.write(`${JSON.stringify({ failed: String(error).slice(0, 1500) })}\n`);
    process.exit(1);
  },
);
