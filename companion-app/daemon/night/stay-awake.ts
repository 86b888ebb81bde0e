/** Keeps the machine from sleeping without a desktop: a small program of the system that holds it awake as long as it runs. */
import { spawn } from 'node:child_process';
import type { Log } from '../../queue';

/** Keeps the machine awake while true. Saying it again changes nothing. */
export type KeepAwake = (on: boolean) => void;

/**
 * The program and its arguments, or null where there is none (Windows without a desktop). Both end by themselves with the process `pid`:
 * a companion that is killed leaves nobody awake.
 */
export function inhibitor(platform: NodeJS.Platform, pid: number): { program: string; args: string[] } | null {
  if (platform === 'darwin') return { program: '/usr/bin/caffeinate', args: ['-i', '-m', '-w', String(pid)] };
  if (platform !== 'linux') return null;
  const why = ['--what=idle:sleep', '--who=Inbetween', '--why=Shots are being rendered', '--mode=block'];
  return { program: 'systemd-inhibit', args: [...why, 'tail', '--pid', String(pid), '-f', '/dev/null'] };
}

/** A program that holds the machine awake while it runs. */
export interface Holder {
  /** Calls back once it is no more, with what is known of why. */
  onGone(hear: (why: object) => void): void;
  end(): void;
}

function startHolder(program: string, args: readonly string[]): Holder {
  const child = spawn(program, [...args], { stdio: 'ignore' });
  child.unref();
  return {
    onGone: (hear) => {
      child.once('error', (error) => hear({ error: error.message }));
      child.once('exit', (code) => hear({ code }));
    },
    end: () => child.kill('SIGTERM'),
  };
}

/** Where the program is missing or refuses, that is said once and not tried again. */
export function systemKeepAwake(
  log: Pick<Log, 'info'>,
  platform: NodeJS.Platform = process.platform,
  start: (program: string, args: readonly string[]) => Holder = startHolder,
): KeepAwake {
  let holder: Holder | null = null;
  let useless = false;
  return (on) => {
    if (!on) {
      const old = holder;
      holder = null;
      old?.end();
      return;
    }
    const how = inhibitor(platform, process.pid);
    if (holder || useless || !how) return;
    const started = start(how.program, how.args);
    holder = started;
    started.onGone((why) => {
      if (holder !== started) return;
      holder = null;
      useless = true;
      log.info(why, 'the machine cannot be kept awake here');
    });
  };
}
