/** The built panel in a bare realm with UXP's globals only: it loads, builds its face, and dials the companion. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { WebSocketServer } from 'ws';
import { createSimulator, runBundle } from '../premiere-simulator';

const dist = path.resolve(__dirname, '../../dist');

/** As much of an element as the plain panel touches. */
class Element {
  textContent = '';
  className = '';
  value = '';
  readonly style: Record<string, string> = {};
  readonly children: Element[] = [];
  readonly listeners = new Map<string, () => void>();
  constructor(readonly tag: string) {}
  appendChild(child: Element): Element {
    this.children.push(child);
    return child;
  }
  setAttribute(): void {}
  addEventListener(name: string, act: () => void): void {
    this.listeners.set(name, act);
  }
  get all(): Element[] {
    return [this, ...this.children.flatMap((child) => child.all)];
  }
}

const until = async (true_: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !true_(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(true_()).toBe(true);
};

test('loads without what UXP lacks, asks for pairing, and hangs up nothing but its own line', async () => {
  const code = readFileSync(path.join(dist, 'plugin/main.js'), 'utf8');
  const manifest: unknown = JSON.parse(readFileSync(path.join(dist, 'plugin/manifest.json'), 'utf8'));
  const simulator = createSimulator({ manifest });
  const root = new Element('div');
  const document = {
    getElementById: (id: string) => (id === 'root' ? root : null),
    createElement: (tag: string) => new Element(tag),
  };
  const crypto = { getRandomValues: (array: Uint32Array) => array.fill(7) };
  // The panel dials for ever: its timers end with the test.
  const timers = new Set<NodeJS.Timeout>();
  let over = false;
  const setTimer = (act: () => void, ms: number): NodeJS.Timeout | undefined => {
    if (over) return undefined;
    const timer = setTimeout(act, ms);
    timers.add(timer);
    return timer;
  };
  // Somebody who listens on the companion's port and wants to be paired.
  const server = new WebSocketServer({ port: 47813, host: '127.0.0.1' });
  server.on('error', () => undefined);
  server.on('connection', (socket) => {
    socket.on('message', () => {
      const problem = {
        code: 'unauthorised',
        message: 'Not paired.',
        safe: '',
        action: 'Type the six digits.',
        retry: false,
      };
      socket.send(JSON.stringify({ type: 'error', problem, fatal: true }));
    });
  });
  try {
    runBundle(simulator, code, { document, crypto, setTimeout: setTimer });
    await until(() => root.all.some((element) => element.tag === 'sp-button'));
    expect(root.all.filter((element) => element.tag === 'sp-button').map((element) => element.textContent)).toEqual([
      'Pair',
      'Connect',
      'Animate selection',
      'Animate sequence',
      'Place again',
    ]);
    const state = root.all.find((element) => element.tag === 'sp-body')!;
    await until(() => state.textContent !== 'Not connected');
    // Without a project, a press is answered in words and nothing is thrown out of the panel.
    root.all.find((element) => element.textContent === 'Animate sequence')!.listeners.get('click')!();
    await until(() =>
      root.all.some((element) => /Premiere|project|sequence/i.test(element.textContent) && element.tag === 'sp-body'),
    );
    expect(simulator.hazards).toEqual([]);
  } finally {
    over = true;
    timers.forEach((timer) => clearTimeout(timer));
    server.clients.forEach((client) => client.terminate());
    server.close();
    simulator.dispose();
  }
});

test('plugin.ccx is a zip of the built panel', () => {
  const ccx = path.join(dist, 'plugin.ccx');
  expect(existsSync(ccx)).toBe(true);
  const files = unzipSync(new Uint8Array(readFileSync(ccx)));
  expect(Object.keys(files).sort()).toEqual(['index.html', 'main.js', 'manifest.json']);
  expect(Buffer.from(files['main.js']!).equals(readFileSync(path.join(dist, 'plugin/main.js')))).toBe(true);
});
