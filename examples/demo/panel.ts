/** The real panel on the simulator: the same composition as in Premiere, with the widgets left out. */
import { randomInt } from 'node:crypto';
import { composePanel, type Panel } from '../../plugin/compose';
import type { AnimatorView } from '../../plugin/panel/animator';
import { temporaryFolder, uxpFiles } from '../../plugin/uxp/files';
import { uxpTokens } from '../../plugin/uxp/secrets';
import type { Simulator } from '../../test/premiere-simulator';

/** A panel that dials the companion at these ports only. */
export async function panelOn(simulator: Simulator, port: number, view: AnimatorView): Promise<Panel> {
  const clock = {
    now: () => Date.now(),
    after(ms: number, act: () => void): () => void {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
  return composePanel({
    ppro: simulator.ppro,
    openSocket: (url) => new simulator.WebSocket(url),
    clock,
    tokens: uxpTokens(simulator.uxp),
    files: uxpFiles(simulator.fs),
    tempFolder: await temporaryFolder(simulator.uxp),
    random32: () => randomInt(2 ** 32),
    client: { name: 'Inbetween panel', version: process.env.INBETWEEN_VERSION ?? '0.0.0', instance: 'demo-panel' },
    urls: [`ws://localhost:${port}`, `ws://127.0.0.1:${port}`],
    view,
  });
}
