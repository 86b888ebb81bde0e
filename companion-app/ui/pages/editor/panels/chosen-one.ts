/** The one thing chosen in a group of which always one is. */
import type { Selection } from '@adobe/react-spectrum';

export const chosenOne = (selection: Selection): string | undefined =>
  selection === 'all' ? undefined : [...selection].map(String)[0];
