/** The problem of a shot whose board was there when it was queued and is not any more. */
import { problem, type Problem } from '../../shared/problem';

export function boardGone(shot: string): Problem {
  return problem({
    code: 'board-missing',
    message: `A board of ${shot} is no longer on this machine.`,
    safe: 'The other shots go on.',
    action: 'Send the shot again from the timeline.',
    retry: true,
  });
}
