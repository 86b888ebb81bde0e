/** What the night did by itself, kept over restarts: for the Night page and the morning's report. */
import { z } from 'zod';
import type { Problem } from '../../../shared/problem';
import { zNotice, type JobEvent, type JobRow, type Notice, type NoticeKind } from '../../../shared/protocol';
import type { JobStore } from '../../queue';

/** Where it is kept. */
export type Keep = Pick<JobStore, 'setting' | 'setSetting'>;

const NAME = 'diary';
const MOST = 200;
const zDiary = z.array(zNotice);

export class Diary {
  readonly #keep: Keep | undefined;
  #notices: readonly Notice[];
  #changed = false;
  /** The last attempt of a job that something was noted of: what is told again is not noted again. */
  readonly #told = new Map<string, string>();

  /** @param keep without one it lasts as long as this process */
  constructor(keep?: Keep) {
    this.#keep = keep;
    this.#notices = read(keep?.setting(NAME));
  }

  /** The newest first; of one sequence, those that are about no sequence are among them. */
  notices({ since = 0, sequenceId }: { since?: number; sequenceId?: string | undefined } = {}): Notice[] {
    const of = (notice: Notice): boolean =>
      notice.at >= since && (sequenceId === undefined || (notice.sequenceId ?? sequenceId) === sequenceId);
    return this.#notices.filter(of).reverse();
  }

  note(kind: NoticeKind, at: number, { code, message, action }: What, about: About = {}): void {
    this.#notices = [...this.#notices, { at, kind, ...(code && { code }), message, action, ...about }].slice(-MOST);
    this.#changed = true;
  }

  /** Notes what an event of the queue tells of the night: other seeds, other engines, lost and failed shots. */
  hear(event: JobEvent, row: JobRow | undefined): void {
    const told = ofEvent(event, row);
    if (!told) return;
    const [kind, what] = told;
    const key = `${kind} ${event.attempts}`;
    if (this.#told.get(event.jobId) === key) return;
    this.#told.set(event.jobId, key);
    this.note(kind, event.at, what, { shot: event.shotName, sequenceId: event.sequenceId });
  }

  /** Writes down what has come since the last time. */
  save(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.#keep?.setSetting(NAME, JSON.stringify(this.#notices));
  }
}

type About = Pick<Notice, 'shot' | 'sequenceId'>;
type What = Pick<Problem, 'message' | 'action'> & Partial<Pick<Problem, 'code'>>;

function ofEvent({ state, problem }: JobEvent, row: JobRow | undefined): [NoticeKind, What] | null {
  if (state === 'rendering' && row?.fallback) return ['stand-in', { message: row.fallback.why, action: '' }];
  if (!problem) return null;
  if (state === 'failed') return ['failed', problem];
  if (state !== 'queued') return null;
  if (problem.code === 'engine-unavailable') return ['warning', problem];
  return problem.code === 'check-failed' ? ['retry', problem] : ['lost', { ...problem, action: '' }];
}

/** What cannot be read is no reason not to start. */
function read(text: string | undefined): readonly Notice[] {
  if (text === undefined) return [];
  try {
    return zDiary.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
