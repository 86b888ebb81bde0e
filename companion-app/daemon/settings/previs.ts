/** Whether a sequence's takes say PREVIS: its own switch, else what is set for all. */
import type { Settings } from '../../../shared/protocol';

/** A sequence that says yes has it on every take; one that says no on none. */
export function previsOf(
  { sequences, previsBurnIn }: Pick<Settings, 'sequences' | 'previsBurnIn'>,
  sequenceId: string,
): Settings['previsBurnIn'] {
  const own = Object.hasOwn(sequences, sequenceId) ? sequences[sequenceId]?.previsBurnIn : null;
  if (own === undefined || own === null) return previsBurnIn;
  return own ? 'always' : 'never';
}
