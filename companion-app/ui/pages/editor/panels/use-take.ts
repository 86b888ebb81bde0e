/** A take as pictures to compare with: its clip where a browser can play it, else first, middle and last frame. */
import { useEffect, useState } from 'react';
import { editorTake, type EditorTake } from '../../../../../shared/protocol/pages/editor';
import { callRaw } from '../../../lib/api';

export type TakeMedia =
  { readonly kind: 'clip'; readonly url: string } | { readonly kind: 'pictures'; readonly urls: readonly string[] };

/** Null while it is loaded, and where there is nothing to show of it. */
export function useTake(take: EditorTake | undefined): TakeMedia | null {
  const [media, setMedia] = useState<TakeMedia | null>(null);
  const jobId = take?.jobId;
  const pictures = take?.pictures ?? 0;
  const plays = take?.plays ?? false;
  useEffect(() => {
    setMedia(null);
    if (jobId === undefined) return undefined;
    const stop = new AbortController();
    const urls: string[] = [];
    const load = async (what: 'clip' | '0' | '1' | '2'): Promise<string> => {
      const url = URL.createObjectURL(await callRaw(editorTake, { jobId, what }, stop.signal));
      urls.push(url);
      return url;
    };
    const stills = async (): Promise<TakeMedia> => {
      const wanted = (['0', '1', '2'] as const).slice(0, pictures);
      return { kind: 'pictures', urls: await Promise.all(wanted.map(load)) };
    };
    const clip = async (): Promise<TakeMedia> => ({ kind: 'clip', url: await load('clip') });
    (plays ? clip().catch(stills) : stills()).then(
      (loaded) => {
        if (!stop.signal.aborted) setMedia(loaded);
      },
      () => undefined,
    );
    return () => {
      stop.abort();
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
  }, [jobId, plays, pictures]);
  return media;
}
