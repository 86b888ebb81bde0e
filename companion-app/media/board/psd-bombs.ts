/** Photoshop layers may be packed by zip, whose few bytes may unfold to any number: looked at before the decoder unfolds them whole. */
import type { Layer, Psd } from 'ag-psd';
import { createInflate } from 'node:zlib';
import { boardTooLarge, boardUnreadable } from './board-error';
import { BOARD_LIMITS } from './limits';

/** Groups in groups; Photoshop makes ten. */
const DEEPEST = 100;
/** What all packed channels may unfold to together, bytes: layers of 32 bits take four times those of 8. */
const UNFOLDED = 4 * BOARD_LIMITS.layerBytes;
/** Some writers pad. */
const SLACK = 65_536;

/** "zip without prediction", "zip with prediction". */
const ZIPPED: ReadonlySet<number> = new Set([2, 3]);
/** Channels that are a mask with a place of its own. */
const MASKS: ReadonlyMap<number, 'mask' | 'realMask'> = new Map([
  [-2, 'mask'],
  [-3, 'realMask'],
]);

interface Box {
  readonly top?: number | undefined;
  readonly left?: number | undefined;
  readonly bottom?: number | undefined;
  readonly right?: number | undefined;
}

/** Throws 'board-too-large' when a channel holds more than its layer's pixels, 'board-unreadable' for damage and for groups without end. */
export async function assertUnfolds(psd: Psd, name: string): Promise<void> {
  let left = UNFOLDED;
  for (const layer of allLayers(psd, name)) {
    for (const { id, compression, data } of layer.rawData?.channels ?? []) {
      if (!data || !ZIPPED.has(compression)) continue;
      const mask = MASKS.get(id);
      const most = bytesOf(mask === undefined ? layer : layer[mask], psd.bitsPerChannel) + SLACK;
      const unfolded = await unfold(data, Math.min(left, most));
      if (unfolded === 'damaged') throw boardUnreadable(name, 'its data are damaged');
      if (unfolded === 'more') throw boardTooLarge(name, 'a layer unfolds to more than its pixels');
      left -= unfolded;
    }
  }
}

function* allLayers(psd: Psd, name: string): Generator<Layer> {
  const waiting = [{ layers: psd.children ?? [], depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { layers, depth } = next;
    if (depth > DEEPEST) throw boardUnreadable(name, 'its groups lie too deep in one another');
    for (const layer of layers) {
      yield layer;
      if (layer.children) waiting.push({ layers: layer.children, depth: depth + 1 });
    }
  }
}

function bytesOf(box: Box | undefined, bits = 8): number {
  const { top = 0, left = 0, bottom = 0, right = 0 } = box ?? {};
  return Math.max(0, right - left) * Math.max(0, bottom - top) * Math.ceil(bits / 8);
}

/** How many bytes it unfolds to, without keeping them; told as soon as it is more than `most`. */
function unfold(packed: Uint8Array, most: number): Promise<number | 'more' | 'damaged'> {
  return new Promise((resolve) => {
    let bytes = 0;
    const inflate = createInflate({ chunkSize: 262_144 });
    inflate.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= most) return;
      resolve('more');
      inflate.destroy();
    });
    inflate.once('end', () => resolve(bytes));
    inflate.once('error', () => resolve('damaged'));
    inflate.end(packed);
  });
}
