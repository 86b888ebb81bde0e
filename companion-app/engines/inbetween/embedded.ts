/** In-betweens without a model. */
import type { Inbetweener } from './between';
import { cutOut, matchBoards } from './morph';

/** Boards of which less than this answers to each other are cut. */
export const RELATED = 0.6;

export function embeddedInbetweener(): Inbetweener {
  return {
    provider: 'cpu',
    prepare: async (first, second, breathe) => {
      const match = await matchBoards(first, second, breathe);
      if (match.kinship < RELATED) return { kinship: match.kinship };
      const morph = await cutOut(first, second, match, breathe);
      return {
        draw: (part, target) => {
          morph.draw(part, target);
          return Promise.resolve();
        },
      };
    },
    close: () => Promise.resolve(),
  };
}
