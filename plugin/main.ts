/** The panel's composition inside Premiere. Every handler is wrapped: an uncaught exception can take Premiere down. */
import { z } from 'zod';
import { toProblem } from '../shared/problem';
import { composePanel, newJobId, type Panel } from './compose';
import { plainView, type PlainView } from './panel/plain-view';
import type { TakeWish } from './panel/job-from-shot';
import { panelInstance, uxpTokens } from './uxp/secrets';
import { readRuntime } from './uxp/runtime';
import { temporaryFolder, uxpFiles } from './uxp/files';

declare const require: (name: string) => unknown;
/** Replaced by the bundler. */
declare const process: { readonly env: { readonly INBETWEEN_VERSION?: string } };

// UXP forbids building functions from text.
z.config({ jitless: true });

const VERSION = process.env.INBETWEEN_VERSION ?? '0.0.0';

const random32 = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const clock = {
  now: (): number => Date.now(),
  after(ms: number, act: () => void): () => void {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const wish: TakeWish = { engine: 'auto', codec: 'prores-proxy', quality: 'full', seed: 1, version: VERSION };

async function start(root: HTMLElement): Promise<void> {
  const { ppro, uxp, fs } = readRuntime((name) => require(name));
  let panel: Panel | null = null;
  const guarded = (work: (panel: Panel) => unknown) => (): void => {
    const current = panel;
    if (!current) return;
    void Promise.resolve()
      .then(() => work(current))
      .catch((error: unknown) => view.trouble(toProblem(error)));
  };
  const view: PlainView = plainView(root, {
    pair: (code) => guarded(({ link }) => link.pair(code))(),
    connect: guarded(({ link }) => link.connect()),
    animateSequence: guarded(({ animator }) => animator.animateSequence(wish)),
    animateSelection: guarded(({ animator }) => animator.animateSelection(wish)),
    placeAgain: guarded(({ animator }) => animator.placeAgain()),
  });
  panel = composePanel({
    ppro,
    openSocket: (url) => new WebSocket(url),
    clock,
    tokens: uxpTokens(uxp),
    files: uxpFiles(fs),
    tempFolder: await temporaryFolder(uxp),
    random32,
    client: {
      name: 'Inbetween panel',
      version: VERSION,
      instance: await panelInstance(uxp, () => newJobId(clock.now(), random32)),
    },
    view,
  });
  const { link, animator } = panel;
  link.onState((state) => {
    const text =
      state.kind === 'connected'
        ? `Connected to ${state.companion.name}`
        : 'problem' in state
          ? toProblemText(state.problem.message, state.problem.action)
          : 'Connecting …';
    view.connection(text, state.kind === 'pairing-needed');
  });
  link.connect();
  animator.start();
}

const toProblemText = (message: string, action: string): string => [message, action].filter(Boolean).join(' ');

const root = document.getElementById('root');
if (root) {
  start(root).catch((error: unknown) => {
    root.textContent = toProblem(error).message;
  });
}
