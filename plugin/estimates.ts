/** What shots will cost and what takes came to, over the companion's HTTP side. */
import { batchEstimateEndpoint, costEndpoint } from '../shared/protocol/pages';
import type { Ask } from './ask';
import type { EstimateSource } from './panel/work/estimates';

export function estimatesOver(ask: Ask): EstimateSource {
  return {
    of: (question) => ask(batchEstimateEndpoint, question),
    came: (since) => ask(costEndpoint, { since }),
  };
}
