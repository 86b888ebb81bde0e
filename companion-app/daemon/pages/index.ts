/** What the pages may ask of this daemon: one line an area, each made from the real parts. */
import { picturesRoutes, type Route } from '../../gateway';
import { editorRoutes } from '../../gateway/api/editor';
import { editorPages } from './editor';
import type { PageParts } from './parts';
import { picturesPort } from './pictures';

export interface Pages {
  readonly routes: readonly Route[];
  /** Ends what the pages have started and nobody else would end (pulls of models). */
  stop(): Promise<void>;
}

/** Called once at start, before the gateway opens. */
export function openPages(parts: PageParts): Pages {
  const editor = editorPages(parts, { entry: parts.config.previewEntry, packsDir: parts.layout.packs });
  return {
    routes: [...picturesRoutes(picturesPort(parts)), ...editorRoutes(editor.port)],
    stop: () => editor.stop(),
  };
}
