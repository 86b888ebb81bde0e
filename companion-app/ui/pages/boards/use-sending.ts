/** One storyboard on its way to the companion: how far it is, what was left out, what went wrong. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { InbetweenError, type Problem } from '../../../../shared/problem';
import { STORYBOARD_LIMITS } from '../../../../shared/protocol';
import { boardsWords } from '../../../../shared/words';
import { problemOf } from '../../lib/api';
import { useWords } from '../../lib/use-words';
import { choose, type Picked } from './pick';
import type { ReadingWish } from './rate-choice';
import { send } from './send';

export interface Sending {
  /** Null when nothing is on its way. */
  readonly now: { readonly name: string; readonly bytes: number; readonly of: number } | null;
  readonly left: readonly string[];
  readonly problem: Problem | undefined;
  readonly take: (dropped: Promise<readonly Picked<File>[]>) => void;
  readonly stop: () => void;
}

/** `wish` holds for the next one; `arrived` is told the id of each storyboard that is whole. */
export function useSending(wish: ReadingWish, arrived: (id: string) => void): Sending {
  const t = useWords();
  const [now, setNow] = useState<Sending['now']>(null);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const stopper = useRef<AbortController>(undefined);
  useEffect(() => () => stopper.current?.abort(), []);

  const bring = async (dropped: Promise<readonly Picked<File>[]>, signal: AbortSignal): Promise<void> => {
    const choice = choose(await dropped);
    setLeft(choice.left);
    const { length } = choice.files;
    if (length === 0) throw refused(t(boardsWords.nothingIn));
    if (length > STORYBOARD_LIMITS.files)
      throw refused(t(boardsWords.tooMany, { n: length, most: STORYBOARD_LIMITS.files }));
    const of = choice.files.reduce((sum, { file }) => sum + file.size, 0);
    setNow({ name: choice.name, bytes: 0, of });
    const id = await send(choice, wish, (bytes) => setNow({ name: choice.name, bytes, of }), signal);
    if (!signal.aborted) arrived(id);
  };

  const take = (dropped: Promise<readonly Picked<File>[]>): void => {
    const stop = new AbortController();
    stopper.current = stop;
    setProblem(undefined);
    setLeft([]);
    bring(dropped, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setProblem(problemOf(error));
      })
      .finally(() => setNow(null));
  };
  const stop = useCallback(() => stopper.current?.abort(), []);
  return { now, left, problem, take, stop };
}

const refused = (message: string): InbetweenError => new InbetweenError({ code: 'bad-message', message });
