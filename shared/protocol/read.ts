/** From the text of one frame to a checked message: the only way in, on both sides. Never throws. */
import type { z } from 'zod';
import { problem, type Problem } from '../problem';
import { zClientMessage, zCompanionMessage, type ClientMessage, type CompanionMessage } from './messages';

export type Reading<T> =
  | { readonly ok: true; readonly message: T }
  /** `ref` where the text carried a usable one, so that the sender can match the error. */
  | { readonly ok: false; readonly problem: Problem; readonly ref?: string };

const typesOf = (options: readonly { shape: { type: { value: string } } }[]): ReadonlySet<string> =>
  new Set(options.map((option) => option.shape.type.value));

const CLIENT_TYPES = typesOf(zClientMessage.options);
const COMPANION_TYPES = typesOf(zCompanionMessage.options);

const SAFE = 'The message was ignored; nothing else is affected.';

/** Text as data, or undefined when it is no JSON object. */
export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the schema first disagrees: "jobs.0.shot.frames: expected number". */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not fit the protocol';
  const path = issue.path.map(String).join('.');
  return (path ? `${path}: ${issue.message}` : issue.message).slice(0, 300);
}

function read<T>(text: string, types: ReadonlySet<string>, schema: z.ZodType<T>): Reading<T> {
  const value = readObject(text);
  if (!value) {
    return {
      ok: false,
      problem: problem({ code: 'bad-message', message: 'The message is no JSON object.', safe: SAFE }),
    };
  }
  const ref =
    typeof value['ref'] === 'string' && value['ref'].length <= 64 && value['ref'] ? { ref: value['ref'] } : {};
  const type = value['type'];
  if (typeof type !== 'string' || !types.has(type)) {
    const shown = typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : 'missing';
    const action = 'Update whichever of panel and companion is older.';
    return {
      ok: false,
      problem: problem({
        code: 'unknown-type',
        message: `The message type ${shown} is not known.`,
        safe: SAFE,
        action,
      }),
      ...ref,
    };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  const message = `A ${type} message is malformed: ${firstIssue(parsed.error)}`;
  return { ok: false, problem: problem({ code: 'bad-message', message, safe: SAFE }), ...ref };
}

/** Reads what a client sent. */
export const readClientMessage = (text: string): Reading<ClientMessage> => read(text, CLIENT_TYPES, zClientMessage);

/** Reads what the companion sent. */
export const readCompanionMessage = (text: string): Reading<CompanionMessage> =>
  read(text, COMPANION_TYPES, zCompanionMessage);
