/** One text for one meaning: the same spec gives the same hash whatever the order of its keys. */
import { createHash } from 'node:crypto';
import type { JobSpec } from '../../shared/protocol';

/** Of a plain JSON value: `undefined` stands only where JSON leaves it out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

/** SHA-256 (64 hex digits) of a spec's canonical JSON. */
export function specHash(spec: JobSpec): string {
  return createHash('sha256').update(canonical(spec)).digest('hex');
}
