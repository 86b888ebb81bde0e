/** The companion at work: it renders, while every connection sends boards, asks for lists and pings. */
import type { Caller } from './caller';
import type { Draw } from './boards';

export interface Rendering {
  readonly rendered: number;
  /** Shots that came to nothing, and why the first did. */
  readonly failed: number;
  readonly reason: string;
  /** Boards that came in meanwhile, and megabytes a second of them. */
  readonly boards: number;
  readonly uploadRate: number;
}

export interface RenderingOptions {
  readonly seconds: number;
  /** Boards that each connection sends. */
  readonly boardsEach: number;
  /** Number of the first of them, to be drawn. */
  readonly firstBoard: number;
  /** Jobs in the queue. */
  readonly total: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resumes the queue for so many seconds, and pauses it again. The first caller has to follow the events. */
export async function rendering(
  callers: readonly [Caller, ...Caller[]],
  draw: Draw,
  { seconds, boardsEach, firstBoard, total }: RenderingOptions,
): Promise<Rendering> {
  const [first] = callers;
  let [rendered, failed, boards, megabytes] = [0, 0, 0, 0];
  let reason = '';
  first.heard.add((message) => {
    if (message.type !== 'event') return;
    if (message.event.state === 'rendered') rendered += 1;
    if (message.event.state !== 'failed') return;
    failed += 1;
    reason ||= message.event.problem?.message ?? '';
  });
  const began = performance.now();
  const over = (): boolean => performance.now() - began > seconds * 1000;
  const since = (): number => (performance.now() - began) / 1000;
  first.say({ type: 'pause', ref: 'go', paused: false });

  let lastBoard = 0;
  const sends = callers.map(async (caller, worker) => {
    for (let n = 0; n < boardsEach && !over(); n += 1) {
      const { bytes, sha256 } = draw(firstBoard + worker * boardsEach + n);
      await caller.upload(bytes, sha256);
      boards += 1;
      megabytes += bytes.length / 1e6;
      lastBoard = since();
    }
  });
  const asks = callers.map(async (caller, worker) => {
    await sleep(worker * 40);
    for (let n = 0; !over(); n += 1) {
      caller.say({ type: 'list', ref: `list-${n}`, offset: ((worker + n) * 100) % total, limit: 100 });
      caller.say({ type: 'ping', ref: `ping-${n}` });
      await sleep(2_000);
    }
  });
  await Promise.all([...sends, ...asks]);
  first.say({ type: 'pause', ref: 'stop', paused: true });
  return { rendered, failed, reason, boards, uploadRate: megabytes / Math.max(lastBoard, 1e-3) };
}
