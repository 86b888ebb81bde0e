/** Brings a storyboard to the companion, part by part. */
import {
  beginStoryboardEndpoint,
  readStoryboardEndpoint,
  removeStoryboardEndpoint,
  STORYBOARD_LIMITS,
  storyboardPartEndpoint,
} from '../../../../shared/protocol';
import { call } from '../../lib/api';
import type { Choice } from './pick';
import type { ReadingWish } from './rate-choice';

/** Bytes as base64, in slices that a call takes as arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * Resolves with the storyboard's id once it is whole and being read. Throws InbetweenError, `cancelled` where the signal is
 * aborted; what had come is removed then.
 */
export async function send(
  { name, files }: Choice<File>,
  wish: ReadingWish,
  progress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const about = files.map(({ place, file }) => ({ place, bytes: file.size }));
  const { id } = await call(beginStoryboardEndpoint, { name: name.slice(0, 200), files: about, ...wish }, signal);
  try {
    let sent = 0;
    for (const [number, { file }] of files.entries()) {
      for (let from = 0; from < file.size; from += STORYBOARD_LIMITS.partBytes) {
        const part = new Uint8Array(await file.slice(from, from + STORYBOARD_LIMITS.partBytes).arrayBuffer());
        await call(storyboardPartEndpoint, { id, file: number, from, data: base64Of(part) }, signal);
        sent += part.length;
        progress(sent);
      }
    }
    await call(readStoryboardEndpoint, { id }, signal);
    return id;
  } catch (error) {
    await call(removeStoryboardEndpoint, { id }).catch(() => undefined);
    throw error;
  }
}
