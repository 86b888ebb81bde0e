/** The companion's pictures over its HTTP side. */
import { clipEndpoint, boardPictureEndpoint, takePictureEndpoint } from '../shared/protocol/pages';
import type { Door } from './link';
import type { Gallery } from './panel/ports';

/** As much of `fetch` as is used. */
export type Fetch = (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => Promise<{ readonly ok: boolean; arrayBuffer(): Promise<ArrayBuffer> }>;

const query = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');

/** `door` is asked at every picture: the companion may have come back elsewhere. */
export function galleryOver(door: () => Door | null, fetch: Fetch): Gallery {
  const get = async (path: string, values: Readonly<Record<string, string | number>>): Promise<Uint8Array | null> => {
    const way = door();
    if (!way) return null;
    try {
      const answer = await fetch(`${way.base}${path}?${query(values)}`, {
        headers: { Authorization: `Bearer ${way.token}` },
      });
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    } catch {
      return null;
    }
  };
  return {
    board: (sha256) => get(boardPictureEndpoint.path, { sha256 }),
    take: (jobId, n) => get(takePictureEndpoint.path, { jobId, n }),
    clip: (jobId) => get(clipEndpoint.path, { jobId }),
  };
}
