/** Runs a panel's bundle with the globals that UXP has, and without those it lacks. */
import { createContext, runInContext } from 'node:vm';
import path from 'node:path';
import type { Simulator } from '../simulator';

type Hosts = Pick<Simulator, 'ppro' | 'uxp' | 'fs' | 'WebSocket'>;

/**
 * Evaluates one CommonJS file and answers its exports. [D] A fresh realm: no TextEncoder, TextDecoder, structuredClone,
 * queueMicrotask, MutationObserver, URL pattern or Node global is there unless `globals` brings it.
 */
export function runBundle(hosts: Hosts, code: string, globals: Readonly<Record<string, unknown>> = {}): unknown {
  const modules: Readonly<Record<string, unknown>> = {
    premierepro: hosts.ppro,
    uxp: hosts.uxp,
    fs: hosts.fs,
    os: { platform: () => 'win32', homedir: () => '/' },
    path,
  };
  const module: { exports: unknown } = { exports: {} };
  const require = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`Module not found: "${name}"`);
    return modules[name];
  };
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  const context = createContext({
    module,
    exports: module.exports,
    require,
    console,
    WebSocket: hosts.WebSocket,
    ...timers,
    ...globals,
  });
  runInContext(code, context, { filename: 'main.js' });
  return module.exports;
}
