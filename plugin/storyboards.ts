/** The companion's storyboards over its HTTP side. */
import { sequencePlanEndpoint, storyboardsEndpoint, wantSequenceEndpoint } from '../shared/protocol/pages';
import type { Ask } from './ask';
import type { StoryboardSource } from './panel/storyboards';

export function storyboardsOver(ask: Ask): StoryboardSource {
  return {
    list: async () => (await ask(storyboardsEndpoint, {})).imports,
    plan: (id) => ask(sequencePlanEndpoint, { id }),
    async done(id) {
      await ask(wantSequenceEndpoint, { id, wanted: false });
    },
  };
}
