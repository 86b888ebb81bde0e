/** Sizes as people read them, in the units disks are sold in. */
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** "1.4 GB", "312 bytes". */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? String(value) : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit] ?? ''}`;
}
