/**
 * Where ffmpeg and ffprobe are: what FFMPEG_PATH and FFPROBE_PATH name, else the system's on PATH, else the programs
 * that came with the installer packages. Each candidate is run before it is trusted.
 */
import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';
import { InbetweenError } from '../../shared/problem';
import { CODECS } from './codecs';
import { errorCode } from './error-code';
import { outsideArchive } from './outside-archive';

const run = promisify(execFile);

export interface FfmpegLocation {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** First line of `ffmpeg -version`, for reports. */
  readonly version: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const NEEDED = [...new Set([...Object.values(CODECS).map((codec) => codec.encoder), 'aac'])];
const PROBE_TIMEOUT_MS = 20_000;

interface Candidate {
  readonly path: string;
  /** How a person would know it. */
  readonly from: string;
  /** Came with a package: its executable bit may be missing where install scripts are off. */
  readonly packaged?: boolean;
}

const located = new Map<string, Promise<FfmpegLocation>>();

/**
 * Finds both programs; the answer is kept for the life of the process. Throws 'ffmpeg-missing' with what was tried.
 */
export function locateFfmpeg(env: Environment = process.env): Promise<FfmpegLocation> {
  const key = JSON.stringify([env.FFMPEG_PATH, env.FFPROBE_PATH, env.PATH]);
  const known = located.get(key);
  if (known) return known;
  const search = find(env);
  located.set(key, search);
  search.catch(() => located.delete(key));
  return search;
}

async function find(env: Environment): Promise<FfmpegLocation> {
  const ffmpeg = await firstThatWorks('ffmpeg', env.FFMPEG_PATH, packagedFfmpeg, env, missingEncoders);
  const ffprobe = await firstThatWorks('ffprobe', env.FFPROBE_PATH, packagedFfprobe, env, () => Promise.resolve(null));
  return { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path, version: ffmpeg.version };
}

/** `objection` says what a program that runs still lacks, or null. */
async function firstThatWorks(
  name: 'ffmpeg' | 'ffprobe',
  named: string | undefined,
  packaged: () => Promise<string | null>,
  env: Environment,
  objection: (path: string, env: Environment) => Promise<string | null>,
): Promise<{ path: string; version: string }> {
  const tried: string[] = [];
  for (const candidate of await candidates(name, named, packaged)) {
    try {
      const version = await versionOf(candidate, env);
      const lacks = await objection(candidate.path, env);
      if (lacks === null) return { path: candidate.path, version };
      tried.push(`${candidate.from} ${lacks}`);
    } catch (error) {
      tried.push(`${candidate.from} does not run (${reason(error)})`);
    }
  }
  throw new InbetweenError({
    code: 'ffmpeg-missing',
    message: `No usable ${name} was found: ${tried.join('; ') || 'none is installed'}.`,
    safe: 'Boards, jobs and finished clips are kept.',
    action: `Install ffmpeg, or set ${name.toUpperCase()}_PATH to a working ${name}, then render again.`,
    retry: true,
  });
}

/** A program named on purpose is the only candidate: silently taking another one would surprise. */
async function candidates(
  name: string,
  named: string | undefined,
  packaged: () => Promise<string | null>,
): Promise<Candidate[]> {
  if (named !== undefined && named !== '') return [{ path: named, from: `${name.toUpperCase()}_PATH=${named}` }];
  const inPackage = await packaged();
  const onPath = { path: name, from: `${name} on PATH` };
  return inPackage === null ? [onPath] : [onPath, { path: inPackage, from: `the packaged ${name}`, packaged: true }];
}

async function versionOf(candidate: Candidate, env: Environment): Promise<string> {
  const ask = async (): Promise<string> => {
    const { stdout } = await run(candidate.path, ['-version'], {
      env: { ...env },
      timeout: PROBE_TIMEOUT_MS,
      windowsHide: true,
    });
    return stdout.split(/\r?\n/, 1)[0] ?? '';
  };
  try {
    return await ask();
  } catch (error) {
    if (candidate.packaged !== true || errorCode(error) !== 'EACCES') throw error;
    await chmod(candidate.path, 0o755);
    return ask();
  }
}

async function missingEncoders(path: string, env: Environment): Promise<string | null> {
  const { stdout } = await run(path, ['-hide_banner', '-encoders'], {
    env: { ...env },
    timeout: PROBE_TIMEOUT_MS,
    windowsHide: true,
  });
  const has = new Set(stdout.split(/\r?\n/).map((line) => /^\s*[VAS.][A-Z.]{5}\s+(\S+)/.exec(line)?.[1]));
  const lacks = NEEDED.filter((encoder) => !has.has(encoder));
  return lacks.length === 0 ? null : `lacks the encoders ${lacks.join(', ')}`;
}

/** The installer packages throw where they have no program for this system. */
async function packagedFfmpeg(): Promise<string | null> {
  try {
    return outsideArchive((await import('@ffmpeg-installer/ffmpeg')).path);
  } catch {
    return null;
  }
}

async function packagedFfprobe(): Promise<string | null> {
  try {
    return outsideArchive((await import('@ffprobe-installer/ffprobe')).path);
  } catch {
    return null;
  }
}

function reason(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'not there';
  if (code === 'EACCES') return 'not executable';
  return typeof code === 'number'
    ? `exit status ${code}`
    : (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
