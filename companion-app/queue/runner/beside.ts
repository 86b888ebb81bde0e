/** What lies beside a clip: its thumbnails, the pictures of its checks, the proxy that browsers play. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from '../../../shared/protocol';

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The files of a take but the clip itself. */
export function besideOf({ path: clip, thumbnails, checks, proxy }: Take): string[] {
  const files = [
    ...thumbnails,
    ...checks.flatMap(({ picture }) => picture ?? []),
    ...(proxy === undefined ? [] : [proxy]),
  ];
  return [...new Set(files)].filter((file) => file !== clip);
}

/** The take with its clip at `clip` and its other files where `places` says; a file without a place is no longer named. */
export function relocated(take: Take, clip: string, places: ReadonlyMap<string, string>): Take {
  const at = (file: string | undefined): string | undefined => (file === undefined ? undefined : places.get(file));
  const { proxy: _proxy, ...rest } = take;
  const proxy = at(take.proxy);
  return {
    ...rest,
    path: clip,
    thumbnails: take.thumbnails.flatMap((file) => at(file) ?? []),
    checks: take.checks.map(({ picture, ...check }) => {
      const there = at(picture);
      return there === undefined ? check : { ...check, picture: there };
    }),
    ...(proxy !== undefined && { proxy }),
  };
}

/**
 * The files in the attempt's folder with the names they will have beside the clip, and the take that names them there. A file that is
 * not a plain one inside the folder is left behind, and no longer named.
 */
export async function beside(take: Take, attemptDir: string, final: string): Promise<{ moves: Move[]; take: Take }> {
  const places = new Map<string, string>([[take.path, final]]);
  for (const each of besideOf(take)) {
    const from = path.resolve(each);
    if (!from.startsWith(attemptDir + path.sep)) continue;
    if (!(await lstat(from).catch(() => null))?.isFile()) continue;
    const number = take.thumbnails.indexOf(each) + 1;
    const told = number > 0 ? `.${number}.jpg` : each === take.proxy ? '.proxy.mp4' : `.check-${places.size}.jpg`;
    places.set(each, final + told);
  }
  const moves = [...places].flatMap(([from, to]) => (from === take.path ? [] : [{ from: path.resolve(from), to }]));
  return { moves, take: relocated(take, final, places) };
}
