/** The farm's Redis: connected, and refused unless it keeps what it was given. */
import { Redis } from 'ioredis';
import { InbetweenError } from '../../../shared/problem';

const safe = 'The queue of this companion is kept; nothing was sent.';

/** The address without its password, for people and logs. */
export function plainUrl(url: string): string {
  if (!URL.canParse(url)) return 'the farm';
  const { protocol, hostname, port, pathname } = new URL(url);
  return `${protocol}//${hostname}${port === '' ? '' : `:${port}`}${pathname === '/' ? '' : pathname}`;
}

/** A connection that goes on trying for as long as it takes. @throws InbetweenError `shot-invalid` for what is no redis: address */
export function connectRedis(url: string): Redis {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InbetweenError({
      code: 'shot-invalid',
      message: `"${plainUrl(url)}" is no address of a Redis.`,
      safe,
      action: 'Write redis://host:6379, or rediss:// for one with TLS.',
    });
  }
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(5_000, 100 * times),
    lazyConnect: true,
  });
  // Without a listener an unreachable Redis would end the process; the connection goes on trying by itself.
  redis.on('error', () => undefined);
  return redis;
}

function refuse(url: string, why: string, line: string): InbetweenError {
  return new InbetweenError({
    code: 'engine-unavailable',
    message: `The Redis at ${plainUrl(url)} ${why}.`,
    safe,
    action: `Put "${line}" into its configuration and restart it.`,
  });
}

/** What OpenSSL and Node say of a certificate that nothing here vouches for. */
const CERTIFICATE = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;

/** Rejects at an error of TLS that no further try will mend; never resolves. */
function badCertificate(redis: Redis, url: string): { readonly heard: Promise<never>; forget(): void } {
  let hear: (error: Error & { code?: unknown }) => void = () => undefined;
  const heard = new Promise<never>((_, reject) => {
    hear = (error) => {
      if (!CERTIFICATE.test(String(error.code))) return;
      reject(
        new InbetweenError(
          {
            code: 'companion-unavailable',
            message: `The certificate of the Redis at ${plainUrl(url)} is not believed here: ${error.message}.`,
            safe,
            action: 'Start this with NODE_EXTRA_CA_CERTS=<the certificate, or its authority, as a PEM file>.',
          },
          { cause: error },
        ),
      );
    };
    redis.on('error', hear);
  });
  return { heard, forget: () => redis.off('error', hear) };
}

const field = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]?.trim();

/**
 * Refuses a Redis that would lose jobs: one that forgets when it is killed, or throws away keys when memory is short.
 * @throws InbetweenError `engine-unavailable` with the line for its configuration; `companion-unavailable` when it does not answer or shows a
 * certificate that is not believed
 */
export async function assertKeepsJobs(redis: Redis, url: string, waitMs = 10_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new InbetweenError({
          code: 'companion-unavailable',
          message: `The Redis at ${plainUrl(url)} does not answer.`,
          safe,
          action: 'Start it, or check the address and its password.',
          retry: true,
        }),
      );
    }, waitMs);
  });
  const certificate = badCertificate(redis, url);
  try {
    const info = await Promise.race([redis.info(), late, certificate.heard]);
    if (field(info, 'aof_enabled') !== '1') throw refuse(url, 'forgets its jobs when it is killed', 'appendonly yes');
    const policy = field(info, 'maxmemory_policy');
    if (policy !== undefined && policy !== 'noeviction')
      throw refuse(url, `throws keys away when memory is short (${policy})`, 'maxmemory-policy noeviction');
  } finally {
    certificate.forget();
    clearTimeout(timer);
  }
}
