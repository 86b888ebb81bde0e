/** The first frame of a take, once it comes into view. */
import { useEffect, useRef, useState } from 'react';
import { editorTake } from '../../../../shared/protocol/pages/editor';
import { callRaw } from '../../lib/api';

export function Thumbnail({ jobId }: { readonly jobId: string | null }) {
  const place = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    const seen = new IntersectionObserver((entries) => {
      if (jobId === null || !entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      callRaw(editorTake, { jobId, what: '0' }, stop.signal).then(
        (blob) => setUrl(URL.createObjectURL(blob)),
        () => undefined,
      );
    });
    if (place.current) seen.observe(place.current);
    return () => {
      stop.abort();
      seen.disconnect();
    };
  }, [jobId]);
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url]);
  return (
    <span className="editor-thumbnail" ref={place}>
      {url !== undefined && <img src={url} alt="" onError={() => setUrl(undefined)} />}
    </span>
  );
}
