/** A picture that the companion gives out only with the token: of a take, of a board, of a check. */
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { RawEndpoint } from '../../../../../shared/protocol';
import { callRaw } from '../../../lib/api';

interface StillProps<I extends z.ZodType> {
  readonly endpoint: RawEndpoint<I>;
  readonly input: z.input<I>;
  readonly alt: string;
}

/** Nothing until it is there. */
export function Still<I extends z.ZodType>({ endpoint, input, alt }: StillProps<I>) {
  const [url, setUrl] = useState<string>();
  const key = JSON.stringify(input);
  useEffect(() => {
    const stop = new AbortController();
    let made: string | undefined;
    callRaw(endpoint, input, stop.signal).then(
      (blob) => {
        if (stop.signal.aborted) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => undefined, // its place stays empty
    );
    return () => {
      stop.abort();
      setUrl(undefined);
      if (made !== undefined) URL.revokeObjectURL(made);
    };
    // `key` stands for the input.
  }, [endpoint, key]);
  return url === undefined ? <span className="still-empty" role="img" aria-label={alt} /> : <img src={url} alt={alt} />;
}
