/** Any error of a job as a Problem that a person can act on. */
import { InbetweenError, problem, type Problem } from '../../shared/problem';

const MEMORY = /out of memory|bad_alloc|ENOMEM|cannot allocate|allocation failed|Array buffer allocation/i;

export function renderProblem(error: unknown): Problem {
  if (error instanceof InbetweenError) return error.problem;
  const said =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const safe = 'The board and the other shots are untouched.';
  if (MEMORY.test(said)) {
    const action = 'Close other programs, or choose a smaller frame size, then render this shot again.';
    return problem({
      code: 'out-of-memory',
      message: 'There was not enough memory for this shot.',
      safe,
      action,
      retry: true,
    });
  }
  const action = 'Render this shot again; if it fails again, choose another engine.';
  return problem({ code: 'render-failed', message: `Rendering failed: ${said}`, safe, action, retry: true });
}

/** What a job that was cancelled ends with. */
export function cancelled(): InbetweenError {
  const safe = 'Nothing half-written is left.';
  return new InbetweenError({
    code: 'cancelled',
    message: 'This shot was cancelled.',
    safe,
    action: 'Send it again when you want it.',
  });
}
