/** Guid and RectF. */
import type { Guid, GuidStatic, RectF } from '@adobe/premierepro';
import { arity, asHost, valid, type Members } from './adobe';

class SimGuid implements Members<Guid> {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export function guid(text: string): Guid {
  return asHost<Guid>(new SimGuid(text));
}

export const Guids: GuidStatic = {
  fromString: (...args) => {
    arity(args, 1);
    valid(typeof args[0] === 'string' && args[0] !== '');
    return guid(args[0]);
  },
};

/** [D] A rectangle of floats; [I] with the noise of a float on it, so that a reader has to round. */
export function frameRect(width: number, height: number): RectF {
  const rect: Members<RectF> = { width: width + 1e-4, height: height - 1e-4 };
  return asHost<RectF>(rect);
}
