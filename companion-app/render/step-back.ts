/** Rendering is work for the time that is left over: the companion, Premiere and whatever the artist does come first. */
import { writeFileSync } from 'node:fs';
import os from 'node:os';

/**
 * Puts this process, and what it starts from here on (ffmpeg), behind the others in the line for a processor. A machine with nothing else
 * to do renders as fast as before; where the system does not allow it, all stays as it is.
 */
export function stepBack(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
    // Leads a session of its own, and Linux weighs sessions before the processes in them (sched(7), autogroup).
    if (process.platform === 'linux')
      writeFileSync('/proc/self/autogroup', String(os.constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Rendering at the usual priority is rendering all the same.
  }
}
