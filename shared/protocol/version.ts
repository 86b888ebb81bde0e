/** The protocol both sides speak. Minor versions only add; a different major cannot be spoken to. */
export const PROTOCOL = { major: 1, minor: 0 } as const;

export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

/** Which side a person has to update, or null when the two can talk. */
export function sideToUpdate(panel: ProtocolVersion, companion: ProtocolVersion): 'panel' | 'companion' | null {
  if (panel.major === companion.major) return null;
  return panel.major < companion.major ? 'panel' : 'companion';
}
