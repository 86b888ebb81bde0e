/** A board of a storyboard, small, once it comes into view. */
import { useEffect, useRef, useState } from 'react';
import { storyboardPictureEndpoint } from '../../../../shared/protocol';
import { callRaw } from '../../lib/api';

export interface BoardPictureProps {
  readonly id: string;
  readonly n: number;
  readonly alt: string;
}

export function BoardPicture({ id, n, alt }: BoardPictureProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      callRaw(storyboardPictureEndpoint, { id, n }, stop.signal).then(
        (blob) => setUrl(URL.createObjectURL(blob)),
        () => undefined,
      );
    });
    if (place.current) seen.observe(place.current);
    return () => {
      stop.abort();
      seen.disconnect();
    };
  }, [id, n]);
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url]);
  return (
    <span className="board-picture" ref={place}>
      {url !== undefined && <img src={url} alt={alt} />}
    </span>
  );
}
