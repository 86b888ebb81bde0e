/** The pages in the order of the navigation; the first one opens. */
import type { ComponentType } from 'react';
import { shell, type Entry } from '../../shared/words';
import type { Place } from './lib/hash';
import { EditorPage } from './pages/editor/editor-page';
import { NowPage } from './pages/now/now-page';
import { QueuePage } from './pages/queue/queue-page';

export interface PageProps {
  /** Where the person is; what follows the page's own name is the page's to read. */
  readonly place: Place;
}

interface PageEntry {
  readonly path: string;
  readonly title: Entry;
  readonly Page: ComponentType<PageProps>;
}

export const PAGES: readonly PageEntry[] = [
  { path: 'now', title: shell.now, Page: NowPage },
  { path: 'queue', title: shell.queue, Page: QueuePage },
  { path: 'editor', title: shell.shotEditor, Page: EditorPage },
];
