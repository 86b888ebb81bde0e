/** The pages in the order of the navigation; the first one opens. */
import type { ComponentType } from 'react';
import { boardsWords, costWords, reportWords, reviewWords, shell, type Entry } from '../../shared/words';
import type { Place } from './lib/hash';
import { BoardsPage } from './pages/boards/boards-page';
import { CostPage } from './pages/cost/cost-page';
import { DoctorPage } from './pages/doctor/doctor-page';
import { EditorPage } from './pages/editor/editor-page';
import { ModelsPage } from './pages/models/models-page';
import { NightPage } from './pages/night/night-page';
import { NowPage } from './pages/now/now-page';
import { QueuePage } from './pages/queue/queue-page';
import { ReportPage } from './pages/report/report-page';
import { ReviewPage } from './pages/review/review-page';
import { SettingsPage } from './pages/settings/settings-page';

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
  { path: 'boards', title: boardsWords.title, Page: BoardsPage },
  { path: 'editor', title: shell.shotEditor, Page: EditorPage },
  { path: 'review', title: reviewWords.title, Page: ReviewPage },
  { path: 'report', title: reportWords.title, Page: ReportPage },
  { path: 'cost', title: costWords.title, Page: CostPage },
  { path: 'models', title: shell.models, Page: ModelsPage },
  { path: 'night', title: shell.night, Page: NightPage },
  { path: 'settings', title: shell.settings, Page: SettingsPage },
  { path: 'doctor', title: shell.doctor, Page: DoctorPage },
];
