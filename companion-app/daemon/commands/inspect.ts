/** `inbetween inspect`: what a clip is, and what it says of its making. */
import type { Command } from 'commander';
import { formatRate } from '../../../shared/shot';
import { probeClip, readMaking } from '../../media';
import { say, sayJson } from '../speak';

async function inspect(clip: string, options: { json?: boolean }): Promise<void> {
  const [facts, making] = [await probeClip(clip), await readMaking(clip)];
  if (options.json === true) {
    sayJson({ ...facts, making });
    return;
  }
  say(`${clip}: ${facts.frames} frames of ${facts.size.width}×${facts.size.height} at ${formatRate(facts.rate)}`);
  if (making === null) say('It says nothing of its making: it was not made by Inbetween, or was encoded again since.');
  else
    for (const [key, value] of Object.entries(making))
      say(`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

export function register(program: Command): void {
  program
    .command('inspect')
    .description('what a clip is, and what it says of its making')
    .argument('<clip>', 'a clip')
    .option('--json', 'as JSON')
    .action(inspect);
}
