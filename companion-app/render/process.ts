/** The render process as a process: its channel, its clocks, its end. */
import sharp from 'sharp';
import { resolveMoves } from '../../shared/shot';
import type { EngineShelf } from './engines';
import type { FromRender } from './messages';
import type { Timers } from './progress';
import { serveRender, type Channel } from './serve';

export const timers: Timers = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

const channel: Channel = {
  send: (message: FromRender, sent) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => sent?.());
    else sent?.();
  },
  onMessage: (hear) => process.on('message', hear),
  onDisconnect: (act) => process.on('disconnect', act),
};

/** Takes orders from the parent process until it says exit or is gone. Without a parent there is nothing to do. */
export function serveRenderProcess(engines: EngineShelf, providers: readonly string[] = ['cpu']): void {
  if (!process.send) {
    process.stderr.write('This program is started by the Inbetween companion.\n');
    process.exitCode = 2;
    return;
  }
  // Every board is decoded once: what libvips would remember is memory lost.
  sharp.cache(false);
  const tools = { engines, movesOf: resolveMoves, now: () => timers.now() };
  const server = serveRender(channel, { tools, providers, timers, exit: (code) => process.exit(code) });
  process.on('uncaughtException', (error) => server.crash(error));
  process.on('unhandledRejection', (reason) => server.crash(reason));
}
