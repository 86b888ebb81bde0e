/** Start with the desktop on Linux: an entry in the person's autostart folder, as freedesktop.org describes it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const NAME = 'inbetween.desktop';

/** Quoted as the Desktop Entry Specification wants arguments of Exec. */
const quoted = (argument: string): string => `"${argument.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`;

/** Writes or removes the entry. A folder that cannot be written leaves things as they are. */
export function setAutostart(
  open: boolean,
  command: readonly string[],
  folder = path.join(process.env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config'), 'autostart'),
): void {
  const file = path.join(folder, NAME);
  try {
    if (!open) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(folder, { recursive: true });
    const lines = ['Type=Application', 'Name=Inbetween', `Exec=${command.map(quoted).join(' ')}`, 'Terminal=false'];
    writeFileSync(file, `[Desktop Entry]\n${lines.join('\n')}\n`);
  } catch {
    // A desktop without such a folder has no autostart.
  }
}
