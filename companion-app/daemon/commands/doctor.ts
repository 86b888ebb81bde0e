/** `inbetween doctor`: what this machine has and lacks for rendering. */
import type { Command } from 'commander';
import { daemonConfig, userDataDir } from '../config';
import { examine } from '../doctor/checks';
import { say, sayJson } from '../speak';

async function doctor(options: { data: string; json?: boolean }): Promise<void> {
  const findings = await examine(options.data, daemonConfig().renderEntry);
  if (options.json) sayJson({ checks: findings });
  else {
    for (const { name, ok, detail, action } of findings) {
      say(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(16)}  ${detail}${action === undefined ? '' : `  → ${action}`}`);
    }
  }
  if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
}

export function register(program: Command): void {
  program
    .command('doctor')
    .description('look at what this machine has and lacks')
    .option('--data <folder>', 'data folder of the companion', userDataDir())
    .option('--json', 'answer in JSON')
    .action(doctor);
}
