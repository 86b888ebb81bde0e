/** Picture files of a take as data: addresses, for a report that needs nothing beside it. */
import { readFile } from 'node:fs/promises';
import type { Check, ReportCheck, Take } from '../../shared/protocol';

export const dataUri = (type: 'jpeg' | 'webp', bytes: Uint8Array): string =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;

/** Null for a file that is gone. */
const jpegOf = (file: string): Promise<string | null> =>
  readFile(file).then(
    (bytes) => dataUri('jpeg', bytes),
    () => null,
  );

/** First, middle and last frame, those that are there. */
export async function takePictures(take: Take | undefined): Promise<string[]> {
  const read = await Promise.all((take?.thumbnails ?? []).slice(0, 3).map(jpegOf));
  return read.filter((picture) => picture !== null);
}

/** A take's checks; those that failed with their pictures. */
export async function takeChecks(take: Take | undefined): Promise<ReportCheck[]> {
  return Promise.all((take?.checks ?? []).map(checkOf));
}

async function checkOf({ name, ok, score, detail, picture }: Check): Promise<ReportCheck> {
  const shown = ok || picture === undefined ? null : await jpegOf(picture);
  return { name, ok, score, detail, ...(shown !== null && { picture: shown }) };
}
