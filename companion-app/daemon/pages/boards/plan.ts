/** A storyboard that was read as the panel lays it out. Pure. */
import { InbetweenError } from '../../../../shared/problem';
import type { SequencePlan } from '../../../../shared/protocol';
import { parseBoardName } from '../../../../shared/shot';
import type { ReadShot, StoryboardRead } from './reading';

/** The shot's name as the sequence will say it: its boards' file names tell. */
const nameIn = ({ name, boards }: ReadShot): string => {
  const file = boards[0]?.picture.split(/[\\/]/).pop();
  return file === undefined ? name : parseBoardName(file).shot;
};

/** Throws "board-missing" where no board at all could be read. Shots without boards keep their time and their marker. */
export function planOf({ name, rate, dropFrame, timecodeZero, size, shots, sounds }: StoryboardRead): SequencePlan {
  const boards = shots.flatMap((shot) =>
    shot.boards.map(({ at, picture }, i) => ({
      path: picture,
      startFrame: shot.startFrame + at,
      frames: (shot.boards[i + 1]?.at ?? shot.frames) - at,
    })),
  );
  if (boards.length === 0)
    throw new InbetweenError({
      code: 'board-missing',
      message: `None of the boards of ${name} could be read.`,
      safe: 'Nothing was changed in Premiere.',
      action: 'See on the companion’s Storyboards page what is wrong with them.',
    });
  const markers = shots.map((shot) => ({
    startFrame: shot.startFrame,
    frames: shot.frames,
    name: nameIn(shot),
    notes: shot.notes,
  }));
  return { name, rate, dropFrame, timecodeZero, size, boards, markers, ...(sounds.length > 0 && { sounds }) };
}
