/** The page around the built panel: the simulator as its host, Spectrum as its widgets, and nothing in reach that UXP lacks. */
import { createSimulator, type Simulator } from '../../../premiere-simulator/simulator';
import { realClock } from '../../../premiere-simulator/world/clock';
import type { SequenceBuilder } from '../../../premiere-simulator/stage/sequence-builder';
import { stageExample } from '../../../../examples/demo/stage';
import type { ExampleSequence } from '../../../../examples/demo/sequence-file';
import { unpack } from '../wire';
import { LACKING } from '../lacking';
import './widgets';

/** What tests reach for in the page. */
export interface Stage {
  readonly sim: Simulator;
  readonly sequence: SequenceBuilder;
  /** What went wrong in the panel without being caught. */
  readonly escaped: string[];
}

declare global {
  interface Window {
    stage?: Stage;
    mountPanel?: (options: {
      example: string | null;
      locale: string;
      secrets: Record<string, string>;
      projectsBefore: number;
    }) => Promise<void>;
  }
}

/** The window as the panel sees it. */
function uxpWindow(): object {
  return new Proxy(window, {
    get(target, name) {
      if (typeof name === 'string' && LACKING.includes(name)) return undefined;
      const value: unknown = Reflect.get(target, name, target);
      const isMethod = typeof value === 'function' && !/^[A-Z]/.test(String(name));
      return isMethod ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
    has: (target, name) => !(typeof name === 'string' && LACKING.includes(name)) && name in target,
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

window.mountPanel = async ({ example, locale, secrets, projectsBefore }) => {
  const manifest: unknown = await (await fetch('/panel/manifest.json')).json();
  const sim = createSimulator({ manifest, clock: realClock() });
  sim.uxp.host.uiLocale = locale;
  for (const [key, value] of Object.entries(secrets)) await sim.uxp.storage.secureStorage.setItem(key, value);
  for (let i = 0; i < projectsBefore; i++)
    sim.addProject({ name: `Earlier ${i}.prproj` }).addSequence({ name: 'Earlier' });
  const read = example === null ? null : unpack(example);
  const isExample = (value: unknown): value is ExampleSequence =>
    typeof value === 'object' && value !== null && 'shots' in value;
  const sequence = isExample(read)
    ? await stageExample(sim, read)
    : sim.addProject({ name: 'Empty.prproj' }).addSequence({ name: 'Empty' });
  const escaped: string[] = [];
  window.addEventListener('error', ({ message, error }) =>
    escaped.push(error instanceof Error ? (error.stack ?? message) : message),
  );
  window.addEventListener('unhandledrejection', ({ reason }) =>
    escaped.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  window.stage = { sim, sequence, escaped };

  const modules: Readonly<Record<string, unknown>> = {
    premierepro: sim.ppro,
    uxp: sim.uxp,
    fs: sim.fs,
    os: { platform: () => 'win32', homedir: () => '/' },
  };
  const require = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`Module not found: "${name}"`);
    return modules[name];
  };
  const seen = uxpWindow();
  const given: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(LACKING.map((name) => [name, undefined])),
    module: { exports: {} },
    exports: {},
    require,
    window: seen,
    self: seen,
    globalThis: seen,
    WebSocket: sim.WebSocket,
    fetch: sim.fetch,
  };
  const code = await (await fetch('/panel/main.js')).text();
  // As a host does: the code in a function whose parameters are all that it is given.
  const panel: unknown = Reflect.construct(Function, [...Object.keys(given), code]);
  if (typeof panel === 'function') Reflect.apply(panel, undefined, Object.values(given));
};
