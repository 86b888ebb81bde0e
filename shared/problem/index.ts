/** What can go wrong, as a code for programs and sentences for people. Every room may import this; it imports nothing. */

export const ERROR_CODES = [
  // talking
  'bad-message',
  'too-large',
  'unknown-type',
  'out-of-order',
  'version-mismatch',
  'unauthorised',
  'pairing-failed',
  'pairing-locked',
  'hello-timeout',
  'superseded',
  'busy',
  'limit-reached',
  'not-found',
  'job-conflict',
  'internal',
  'companion-unavailable',
  // uploads
  'upload-mismatch',
  'upload-refused',
  // boards and shots
  'board-missing',
  'board-unreadable',
  'board-too-large',
  'shot-empty',
  'shot-too-long',
  'shot-invalid',
  // rendering
  'render-crashed',
  'render-failed',
  'out-of-memory',
  'engine-unavailable',
  'pack-invalid',
  'ffmpeg-missing',
  'encode-failed',
  'check-failed',
  'disk-full',
  'folder-unwritable',
  'too-many-attempts',
  'cancelled',
  // packs
  'licence-not-accepted',
  'download-failed',
  // the host
  'host-export-failed',
  'host-import-failed',
  'host-track-missing',
  'host-range-occupied',
  'host-transaction-failed',
  'host-sequence-gone',
  'host-project-changed',
  'host-board-changed',
  'host-unavailable',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as it is stored, sent and shown: what happened, what is safe, one action to take. */
export interface Problem {
  readonly code: ErrorCode;
  /** What happened. */
  readonly message: string;
  /** What is safe or goes on regardless. */
  readonly safe: string;
  /** The one thing to do. */
  readonly action: string;
  /** True when trying again unchanged may work. */
  readonly retry: boolean;
}

/** A Problem whose optional parts may be left out. */
export interface ProblemDraft {
  readonly code: ErrorCode;
  readonly message: string;
  readonly safe?: string;
  readonly action?: string;
  readonly retry?: boolean;
}

/** Fills in the optional parts and cuts overlong sentences. */
export function problem(draft: ProblemDraft): Problem {
  return {
    code: draft.code,
    message: draft.message.slice(0, 2000) || 'Something went wrong.',
    safe: (draft.safe ?? '').slice(0, 1000),
    action: (draft.action ?? '').slice(0, 1000),
    retry: draft.retry ?? false,
  };
}

/** The one error class the rooms throw to each other: always carries a Problem that a person can act on. */
export class InbetweenError extends Error {
  override readonly name = 'InbetweenError';
  readonly problem: Problem;

  constructor(draft: ProblemDraft, options?: { cause?: unknown }) {
    super(draft.message, options);
    this.problem = problem(draft);
  }
}

/** The Problem inside any thrown value; one that carries none becomes `fallback` with its message kept. */
export function toProblem(thrown: unknown, fallback: ErrorCode = 'internal'): Problem {
  if (thrown instanceof InbetweenError) return thrown.problem;
  return problem({ code: fallback, message: wordsOf(thrown) });
}

/** Whatever was thrown, as text; some objects cannot be turned into any. */
function wordsOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return '';
  }
}
