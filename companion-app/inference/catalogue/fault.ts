import { types } from 'node:util';

/** A failed attempt at one file: whether trying again may help, and how long the server asks to wait. */
export class Fault extends Error {
  override readonly name = 'Fault';

  /** `again`: trying the same address again may help. `waitMs`: no sooner than this. */
  constructor(
    message: string,
    readonly again: boolean,
    readonly waitMs = 0,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A failure of the network, as fetch reports it, in words; undefined for any other error. */
export function networkFault(error: unknown, host: string): Fault | undefined {
  if (!types.isNativeError(error) || error.name !== 'TypeError') return undefined;
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const what =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? `${host} cannot be found`
      : code === 'ECONNREFUSED'
        ? `${host} refuses connections`
        : `the connection to ${host} broke off`;
  return new Fault(code === '' ? what : `${what} (${code})`, true, 0, { cause: error });
}
