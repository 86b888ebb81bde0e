/** The newest frame of the shot at work, in the shape of its sequence. */
import { useEffect, useState } from 'react';
import { frameEndpoint } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { callRaw } from '../../lib/api';
import { useWords } from '../../lib/use-words';

interface Props {
  readonly shot: string;
  readonly size: { readonly width: number; readonly height: number };
  /** Changes with each frame; null before the first. */
  readonly number: number | null;
}

export function LiveFrame({ shot, size, number }: Props) {
  const t = useWords();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (number === null) {
      setUrl(null);
      return;
    }
    const stop = new AbortController();
    callRaw(frameEndpoint, { number }, stop.signal).then(
      (blob) => {
        if (!stop.signal.aborted) setUrl(URL.createObjectURL(blob));
      },
      () => undefined, // the next one comes within the second
    );
    return () => stop.abort();
  }, [number]);
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url);
    },
    [url],
  );
  return (
    <div className="live-frame" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      {url === null ? <p>{t(queueWords.firstFrame)}</p> : <img src={url} alt={t(queueWords.frameOf, { shot })} />}
    </div>
  );
}
