/** What no engine could render is told at once, on that shot alone. */
import { LIMITS, type JobSpec } from '../../shared/protocol';
import { problem, type Problem } from '../../shared/problem';
import { formatRate, framesToSeconds } from '../../shared/shot';
import { pixelsOf } from './record';

const safe = 'The other shots were accepted.';

function invalid(message: string, action: string): Problem {
  return problem({ code: 'shot-invalid', message, safe, action });
}

/** Why a parsed spec cannot become a take, or null when it can. */
export function specProblem(spec: JobSpec): Problem | null {
  const { shot } = spec;
  const name = shot.name || shot.id;
  if (shot.frames < 1) {
    return problem({
      code: 'shot-empty',
      message: `${name} has no frames.`,
      safe,
      action: 'Make its board at least one frame long on the timeline and send it again.',
    });
  }
  if (shot.frames > LIMITS.framesPerShot) {
    const minutes = (framesToSeconds(shot.frames, shot.rate) / 60).toFixed(1);
    return problem({
      code: 'shot-too-long',
      message: `${name} is ${shot.frames} frames long (${minutes} minutes at ${formatRate(shot.rate)} fps); ${LIMITS.framesPerShot} are the most.`,
      safe,
      action: 'Cut the board into shorter stretches and send those.',
    });
  }
  if (pixelsOf(spec) > LIMITS.boardPixels) {
    return invalid(
      `${name} asks for clips of ${shot.size.width}×${shot.size.height}, more than can be made.`,
      'Choose a smaller frame size for the sequence.',
    );
  }
  return boardProblem(spec, name);
}

function boardProblem(spec: JobSpec, name: string): Problem | null {
  const { boards, frames } = spec.shot;
  const action = 'Read the shots from the timeline again and send the shot once more.';
  if (boards[0]?.at !== 0) return invalid(`The first board of ${name} does not start with the shot.`, action);
  for (const [index, use] of boards.entries()) {
    const before = boards[index - 1];
    if (before && use.at <= before.at)
      return invalid(
        `The boards of ${name} are not in order: two of them start at frame ${use.at} or earlier.`,
        action,
      );
    if (use.at >= frames)
      return invalid(
        `Board ${use.name || index + 1} of ${name} starts at frame ${use.at}, after the shot's end.`,
        action,
      );
  }
  return null;
}
