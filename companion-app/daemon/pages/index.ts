/** What the pages may ask of this daemon: one line an area, each made from the real parts. */
import {
  costRoutes,
  doctorRoutes,
  modelsRoutes,
  nightRoutes,
  nowRoutes,
  picturesRoutes,
  queueRoutes,
  settingsRoutes,
  type Route,
} from '../../gateway';
import { boardsRoutes } from '../../gateway/api/boards';
import { editorRoutes } from '../../gateway/api/editor';
import { reportRoutes } from '../../gateway/api/report';
import { reviewRoutes } from '../../gateway/api/review';
import { boardsPages } from './boards';
import { costPort } from './cost';
import { doctorPort } from './doctor/doctor';
import { editorPages } from './editor';
import { modelsPort } from './models/models';
import { nightPort } from './night';
import { nowPort } from './now';
import type { PageParts } from './parts';
import { picturesPort } from './pictures';
import { queuePagePort } from './queue';
import { reportPort } from './report';
import { reviewPort } from './review';
import { settingsPort } from './settings';
import { smallBoards } from './small-boards';

export interface Pages {
  readonly routes: readonly Route[];
  /** Ends what the pages have started and nobody else would end (pulls of models). */
  stop(): Promise<void>;
}

/** Called once at start, before the gateway opens. */
export function openPages(parts: PageParts): Pages {
  const models = modelsPort(parts);
  const editor = editorPages(parts, { entry: parts.config.previewEntry, packsDir: parts.layout.packs });
  const boards = boardsPages(parts);
  const small = smallBoards(parts.config.previewEntry);
  return {
    routes: [
      ...picturesRoutes(picturesPort(parts, small)),
      ...editorRoutes(editor.port),
      ...boardsRoutes(boards.port),
      ...queueRoutes(queuePagePort(parts)),
      ...nowRoutes(nowPort(parts)),
      ...modelsRoutes(models),
      ...nightRoutes(nightPort(parts)),
      ...settingsRoutes(settingsPort(parts)),
      ...costRoutes(costPort(parts)),
      ...reportRoutes(reportPort(parts)),
      ...reviewRoutes(reviewPort(parts, small)),
      ...doctorRoutes(doctorPort(parts)),
    ],
    stop: async () => {
      await Promise.all([editor.stop(), models.close(), boards.stop(), small.stop()]);
    },
  };
}
