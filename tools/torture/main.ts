/** `npm run torture`: kills by default; `--estimate` predicted against actual time; `--scale` long queues and large results. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { estimate } from './estimate';
import { kills } from './kills';
import { scale } from './scale';

const [root = process.cwd(), ...args] = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    rounds: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '120' },
    estimate: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
  },
});
const cli = path.join(__dirname, 'inbetween.cjs');

async function run(): Promise<boolean> {
  if (values.estimate) return estimate(root, path.join(__dirname, 'render.cjs'));
  if (values.scale) return scale(root);
  return kills(root, cli, Number(values.rounds), Number(values.minutes));
}

run().then(
  (well) => (process.exitCode = well ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
