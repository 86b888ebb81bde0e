/** What can go wrong between a catalogue and a pack on disk, said so that a person can act. */
import { InbetweenError, type Problem } from '../../../shared/problem';
import { formatBytes } from './bytes';
import type { CatalogueEntry } from './schema';

const KEPT = 'What was pulled so far is kept and will not be pulled again.';

export function downloadFailed(
  message: string,
  action = 'Check the network, then run the same command again.',
  cause?: unknown,
) {
  return new InbetweenError({ code: 'download-failed', message, safe: KEPT, action, retry: true }, { cause });
}

export function diskFull(needed: number, free: number, folder: string): InbetweenError {
  return new InbetweenError({
    code: 'disk-full',
    message: `${formatBytes(needed)} are needed on the disk with ${folder}, and ${formatBytes(free)} are free: ${formatBytes(needed - free)} are missing.`,
    safe: KEPT,
    action: 'Make room on that disk, or choose a folder on another one with --packs; then run the same command again.',
    retry: true,
  });
}

/** A message holds so much of a licence; the address has the rest. */
const shortened = (text: string): string => (text.length <= 1500 ? text : `${text.slice(0, 1500)} […]`);

export function licenceNotAccepted({ title, licence }: CatalogueEntry): InbetweenError {
  return new InbetweenError({
    code: 'licence-not-accepted',
    message: `${title} comes under the ${licence.name}.\n\n${shortened(licence.text)}\n\nThe whole text: ${licence.url}`,
    safe: 'Nothing was pulled.',
    action: 'If you accept it, run the same command again with --accept-licence.',
  });
}

export function notForPulling({ title, name, otherwise, source }: CatalogueEntry): InbetweenError {
  return new InbetweenError({
    code: 'not-found',
    message: `${title} cannot be pulled: nobody publishes it as a pack whose bytes are known here. It is described at ${source}`,
    safe: 'Nothing was pulled.',
    action:
      otherwise ??
      `Export it with tools/export/export_pack.py (its README says how), then run: inbetween models import <folder> --name ${name}`,
  });
}

export function catalogueInvalid(where: string, what: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message: `The catalogue ${where} cannot be used: ${what}`,
      safe: 'Nothing was pulled; installed packs are untouched.',
      action: 'Correct the catalogue, or leave it out to use the one that comes with Inbetween.',
    },
    { cause },
  );
}

export function refused(message: string, action: string, code: Problem['code'] = 'pack-invalid'): InbetweenError {
  return new InbetweenError({ code, message, safe: 'Nothing was changed.', action });
}
