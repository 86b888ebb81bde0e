/** Small clips as blob: addresses: those near the place in the cut are held, the rest let go. */
import { useEffect, useRef, useState } from 'react';
import { clipEndpoint } from '../../../../../shared/protocol';
import { callRaw } from '../../../lib/api';

/** A clip's address; null where there is none; absent while it is loaded. */
export type Clips = ReadonlyMap<string, string | null>;

/** `wanted`: ids of takes that have a small clip. */
export function useClips(wanted: readonly string[]): Clips {
  const [clips, setClips] = useState<Clips>(new Map());
  const loading = useRef(new Map<string, AbortController>());
  const held = useRef(new Map<string, string | null>());
  const key = wanted.join('\n');
  useEffect(() => {
    const ids = new Set(key === '' ? [] : key.split('\n'));
    const show = (): void => setClips(new Map(held.current));
    for (const [id, stop] of loading.current) {
      if (ids.has(id)) continue;
      stop.abort();
      loading.current.delete(id);
    }
    for (const [id, url] of held.current) {
      if (ids.has(id)) continue;
      held.current.delete(id);
      if (url !== null) URL.revokeObjectURL(url);
    }
    for (const jobId of ids) {
      if (held.current.has(jobId) || loading.current.has(jobId)) continue;
      const stop = new AbortController();
      loading.current.set(jobId, stop);
      callRaw(clipEndpoint, { jobId }, stop.signal).then(
        (blob) => {
          if (stop.signal.aborted) return;
          loading.current.delete(jobId);
          held.current.set(jobId, URL.createObjectURL(blob));
          show();
        },
        () => {
          if (stop.signal.aborted) return;
          loading.current.delete(jobId);
          held.current.set(jobId, null);
          show();
        },
      );
    }
    show();
  }, [key]);
  useEffect(() => {
    const [here, coming] = [held.current, loading.current];
    return () => {
      for (const stop of coming.values()) stop.abort();
      for (const url of here.values()) if (url !== null) URL.revokeObjectURL(url);
      coming.clear();
      here.clear();
    };
  }, []);
  return clips;
}
