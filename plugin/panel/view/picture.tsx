/** A small picture that comes when it is on show; until then, a quiet box of its size. */
import { useEffect, type ReactElement } from 'react';
import { useDesk, usePanel } from './context';

interface PictureProps {
  /** Keys in the order of preference: the first that is there is shown. */
  readonly keys: readonly string[];
  readonly alt: string;
  readonly className: string;
}

export function Picture({ keys, alt, className }: PictureProps): ReactElement {
  const desk = useDesk();
  const src = usePanel((state) => keys.map((key) => state.pictures.get(key)).find((url) => url !== undefined));
  const wanted = src === undefined ? keys.slice(0, 2).join(' ') : '';
  const connected = usePanel((state) => state.link.kind === 'connected');
  useEffect(() => {
    if (connected && wanted !== '') for (const key of wanted.split(' ')) desk.pictures.want(key);
  }, [desk, wanted, connected]);
  return src === undefined ? (
    <div className={`${className} blank`} role="img" aria-label={alt} />
  ) : (
    <img className={className} src={src} alt={alt} />
  );
}
