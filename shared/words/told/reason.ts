/** Why a take was rejected: kept in English so that the costs of one reason add up, said in the reader's language. */
import { reviewWords } from '../review';
import type { Entry, Language } from '../say';

/** What may be chosen; own words may follow, or stand for the last. */
export const REASONS: readonly Entry[] = [
  ...[reviewWords.reasonMove, reviewWords.reasonTiming, reviewWords.reasonWarp, reviewWords.reasonFlicker],
  ...[reviewWords.reasonFraming, reviewWords.reasonStory, reviewWords.reasonOther],
];

/** "wrong move", "wrong move: too fast" or somebody's own words. */
export function sayReason(language: Language, reason: string): string {
  const [, chosen = reason, own = ''] = /^([^:]+)(: .*)?$/s.exec(reason) ?? [];
  const entry = REASONS.find(({ en }) => en === chosen);
  return entry ? `${entry[language]}${own}` : reason;
}
