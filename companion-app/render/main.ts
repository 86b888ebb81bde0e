/** The render process: composition only. Started by the daemon with an IPC channel; ends with it. */
import sharp from 'sharp';
import { resolveMoves } from '../../shared/shot';
import { createParallaxEngine } from '../engines/parallax';
import { engineShelf } from './engines';
import type { FromRender } from './messages';
import type { Timers } from './progress';
import { serveRender, type Channel } from './serve';

const timers: Timers = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

const channel: Channel = {
  send: (message: FromRender, sent) => {
    if (!process.connected) return sent?.();
    process.send?.(message, undefined, undefined, () => sent?.());
  },
  onMessage: (hear) => process.on('message', hear),
  onDisconnect: (act) => process.on('disconnect', act),
};

function main(): void {
  if (!process.send) {
    process.stderr.write('This program is started by the Inbetween companion.\n');
    process.exitCode = 2;
    return;
  }
  // Every board is decoded once: what libvips would remember is memory lost.
  sharp.cache(false);
  const engines = engineShelf({ parallax: ({ provider }) => createParallaxEngine({ provider }) });
  const tools = { engines, movesOf: resolveMoves, now: timers.now };
  const server = serveRender(channel, { tools, providers: ['cpu'], timers, exit: (code) => process.exit(code) });
  process.on('uncaughtException', server.crash);
  process.on('unhandledRejection', server.crash);
}

main();
