/** Requests to the companion that submitted a job: its address as Redis has it now, its certificate pinned, its ticket shown. */
import http from 'node:http';
import https from 'node:https';
import { zFarmDoor, type FarmDoor, type FarmJob } from '../../queue/farm';
import { pinned } from '../remote/pin';

export interface Ask {
  /** Asking twice is asking once. */
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Below "/farm/<job>/". */
  readonly path: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: Uint8Array;
}

/** Time without a byte after which a connection counts as dead. */
const SILENCE_MS = 30_000;

/** What was last said of where a companion is: JSON, or null when nothing was. */
export type WordOf = (door: string) => Promise<string | null>;

export class DoorClient {
  /** Address that answered last, to be tried first. */
  private last = '';
  private agent: { readonly certificate: string | undefined; readonly agent: http.Agent } | null = null;

  constructor(private readonly wordOf: WordOf) {}

  /** The answer's head; its body is the caller's to read. Rejects where nobody answers. */
  async ask(job: FarmJob, farmId: string, what: Ask, signal: AbortSignal): Promise<http.IncomingMessage> {
    const door = await this.doorOf(job, signal);
    const urls = [...door.urls].sort((a, b) => Number(b === this.last) - Number(a === this.last));
    let failure: unknown = new Error('the companion has not said where it is');
    for (const url of urls) {
      try {
        const answer = await this.request(new URL(`/farm/${farmId}/${what.path}`, url), door, job.ticket, what, signal);
        this.last = url;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    throw failure;
  }

  private async doorOf(job: FarmJob, signal: AbortSignal): Promise<FarmDoor> {
    const text = await orAborted(this.wordOf(job.door), signal);
    return zFarmDoor.parse(JSON.parse(text ?? '{"urls":[]}'));
  }

  private request(
    url: URL,
    { certificate }: FarmDoor,
    ticket: string,
    { method, headers, body }: Ask,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const secure = url.protocol === 'https:';
    // Without the companion's certificate nobody is believed over TLS.
    if (secure && certificate === undefined) return Promise.reject(new Error('no certificate to compare with'));
    const options = {
      method,
      signal,
      agent: this.agentFor(secure ? certificate : undefined),
      timeout: SILENCE_MS,
      headers: { ...headers, Authorization: `Bearer ${ticket}`, 'Content-Length': body?.length ?? 0 },
    };
    const send = (): Promise<http.IncomingMessage> =>
      new Promise((resolve, reject) => {
        const request = (secure ? https : http).request(url, options, resolve);
        let heard = 0;
        request.on('socket', ({ bytesRead }) => (heard = bytesRead));
        request.on('timeout', () => request.destroy(new Error('no answer in time')));
        request.on('error', (error) => {
          // Asked on a connection that was kept while the other side was closing it. Each such one is gone now, a new one is none.
          const stale = request.reusedSocket && request.socket?.bytesRead === heard && wasReset(error);
          if (stale && !signal.aborted) resolve(send());
          else reject(error);
        });
        request.end(body);
      });
    return send();
  }

  private agentFor(certificate: string | undefined): http.Agent {
    if (this.agent && this.agent.certificate === certificate) return this.agent.agent;
    this.agent?.agent.destroy();
    const agent =
      certificate === undefined
        ? new http.Agent({ keepAlive: true })
        : new https.Agent({ keepAlive: true, ...pinned(certificate) });
    this.agent = { certificate, agent };
    return agent;
  }
}

const wasReset = (error: NodeJS.ErrnoException): boolean => error.code === 'ECONNRESET' || error.code === 'EPIPE';

/** Rejects as soon as the signal says so, however long the other takes. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new Error('given up'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
