/** The preview process: one ask after the other from the daemon, an answer to each, an end when the daemon is gone. */
import sharp from 'sharp';
import { openLive } from '../../engines/parallax';
import { boardPicture } from '../../media';
import { renderProblem } from '../render-problem';
import { zToPreview, type FromPreview, type ToPreview } from './messages';
import { Studio } from './studio';

const say = (message: FromPreview): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

let studio: Promise<Studio> | undefined;
const { signal } = new AbortController();

async function answer({ ref, ask, packsDir }: ToPreview): Promise<void> {
  try {
    if (ask.kind === 'small') {
      say({ type: 'picture', ref, jpeg: await boardPicture(ask.path, ask.side) });
      return;
    }
    studio ??= openLive({ packsDir }).then((live) => new Studio(live));
    say({ ...(await (await studio).answer(ask, signal)), ref });
  } catch (error) {
    say({ type: 'failed', ref, problem: renderProblem(error) });
  }
}

if (process.send) {
  sharp.cache(false);
  let last = Promise.resolve();
  process.on('message', (raw) => {
    const message = zToPreview.parse(raw);
    last = last.then(() => answer(message));
  });
  process.on('disconnect', () => process.exit(0));
  say({ type: 'ready' });
} else {
  process.stderr.write('This program is started by the Inbetween companion.\n');
  process.exitCode = 2;
}
