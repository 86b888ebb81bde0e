/**
 * The one place that knows fluent-ffmpeg. It starts ffmpeg with an argument array, never through a shell; here every
 * run ends in exactly one of: done, an FfmpegFailure, or the abort's reason, and only after the process has gone.
 */
import ffmpeg from 'fluent-ffmpeg';
import type { Readable, Writable } from 'node:stream';
import { locateFfmpeg } from './ffmpeg-location';

export interface FfmpegInput {
  /** A file's absolute path, or bytes for ffmpeg's standard input (one input at most). */
  readonly source: string | Readable;
  readonly options: readonly string[];
}

export interface FfmpegRun {
  readonly inputs: readonly FfmpegInput[];
  readonly output: {
    /** A file's absolute path, or where standard output goes; the stream is ended when ffmpeg is done. */
    readonly target: string | Writable;
    readonly options: readonly string[];
  };
  /** A second output of the same decoding: a file's absolute path. */
  readonly also?: { readonly target: string; readonly options: readonly string[] };
  readonly signal?: AbortSignal | undefined;
}

/** ffmpeg ended badly. `stderr` holds its last hundred lines. */
export class FfmpegFailure extends Error {
  override readonly name = 'FfmpegFailure';
  constructor(
    message: string,
    readonly stderr: string,
  ) {
    super(message);
  }
}

/** No playlist or container may make ffmpeg open anything but plain files and our pipes. */
const LOCAL_ONLY = ['-protocol_whitelist', 'file,pipe'] as const;

/**
 * Runs ffmpeg once; resolves with what it said on stderr (errors and warnings). Rejects with FfmpegFailure, with
 * 'ffmpeg-missing', or with the signal's reason after the process was killed. The sources' own errors have to be
 * handled by whoever makes them; a source that fails should abort the run.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<string> {
  try {
    const { ffmpeg: program } = await locateFfmpeg();
    run.signal?.throwIfAborted();
    return await finished(commandFor(run, program), run.signal);
  } finally {
    if (typeof run.output.target !== 'string') run.output.target.end();
  }
}

function commandFor(run: FfmpegRun, program: string): ffmpeg.FfmpegCommand {
  const command = ffmpeg({ stdoutLines: 100 }).setFfmpegPath(program);
  for (const { source, options } of run.inputs) {
    command.input(typeof source === 'string' ? `file:${source}` : source);
    command.inputOptions(...pair([...LOCAL_ONLY, ...options]));
  }
  const { target, options } = run.output;
  const { also } = run;
  // `end: false`: fluent-ffmpeg would take the end of its output for a failure when ffmpeg is slow to exit.
  if (typeof target === 'string') command.output(`file:${target}`);
  else command.output(target, { end: false });
  command.outputOptions(...pair(['-y', '-v', 'warning', '-nostats', '-hide_banner', ...options]));
  if (also) command.output(`file:${also.target}`).outputOptions(...pair(also.options));
  return command;
}

/** fluent-ffmpeg splits a lone option at its space; several at a time are taken as they are. */
function pair(options: readonly string[]): [string, string, ...string[]] {
  const [first = '', second = '', ...rest] = options;
  return [first, second, ...rest];
}

/** Waits until the process is gone; the abort kills it. */
async function finished(command: ffmpeg.FfmpegCommand, signal?: AbortSignal): Promise<string> {
  let started = false;
  const kill = (): void => {
    if (started) command.kill('SIGKILL');
  };
  signal?.addEventListener('abort', kill);
  const end = await new Promise<{ error: Error | null; stderr: string }>((resolve) => {
    command.on('start', () => {
      started = true;
      if (signal?.aborted === true) kill();
    });
    command.on('end', (_stdout: string | null, stderr: string | null) =>
      resolve({ error: null, stderr: stderr ?? '' }),
    );
    command.on('error', (error: Error, _stdout: string | null, stderr: string | null) =>
      resolve({ error, stderr: stderr ?? '' }),
    );
    command.run();
  });
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (end.error) throw new FfmpegFailure(end.error.message, end.stderr);
  return end.stderr;
}
