/** The companion's storyboards over its HTTP side. */
import {
  readStoryboardEndpoint,
  sequencePlanEndpoint,
  storyboardEndpoint,
  storyboardsEndpoint,
  wantSequenceEndpoint,
} from '../shared/protocol/pages';
import type { Sheets } from '../shared/shot';
import type { Ask } from './ask';
import type { StoryboardSource } from './panel/storyboards';

export function storyboardsOver(ask: Ask): StoryboardSource {
  return {
    list: async () => (await ask(storyboardsEndpoint, {})).imports,
    async plan(id, sheets) {
      if (sheets !== undefined) await readAs(ask, id, sheets);
      return ask(sequencePlanEndpoint, { id });
    },
    async done(id) {
      await ask(wantSequenceEndpoint, { id, wanted: false });
    },
  };
}

const LOOK_EVERY_MS = 500;

/** Resolves when it is read that way, or is found to be unreadable: the plan says why then. */
async function readAs(ask: Ask, id: string, sheets: Sheets): Promise<void> {
  let { state } = await ask(readStoryboardEndpoint, { id, sheets });
  while (state === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    ({ state } = await ask(storyboardEndpoint, { id }));
  }
}
