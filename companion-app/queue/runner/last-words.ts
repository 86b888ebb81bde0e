/** Why a process went: from how it ended and what it last wrote to its error stream. */
import { problem, type Problem } from '../../../shared/problem';

/** How a render process ended without an answer. */
export type Going =
  | { readonly how: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly how: 'hung'; readonly seconds: number }
  | { readonly how: 'nonsense' }
  | { readonly how: 'unstartable'; readonly error: string };

const MEMORY = /out of memory|bad_alloc|ENOMEM|cannot allocate|allocation failed/i;

function described(going: Going): string {
  switch (going.how) {
    case 'exit':
      return going.signal === null
        ? `it ended with code ${going.code ?? 'unknown'}`
        : `it was ended by ${going.signal}`;
    case 'hung':
      return `it gave no sign of life for ${going.seconds} seconds and was ended`;
    case 'nonsense':
      return 'it sent something that is no message and was ended';
    case 'unstartable':
      return `it could not be started (${going.error})`;
  }
}

/** The problem of an attempt that a process took with it. `errors` is the tail of its error stream: looked at, never passed on. */
export function lostProblem(going: Going, errors: string): Problem {
  const message = `The render process was lost: ${described(going)}.`;
  const safe = 'The other shots go on; what was rendered before is kept.';
  if (MEMORY.test(errors)) {
    const action = 'Close other programs or choose a smaller frame size, then retry the shot.';
    return problem({
      code: 'out-of-memory',
      message: `${message} It had run out of memory.`,
      safe,
      action,
      retry: true,
    });
  }
  return problem({
    code: 'render-crashed',
    message,
    safe,
    action: 'Retry the shot; if it happens again, try another engine.',
    retry: true,
  });
}

const DEVICE_LOST =
  /device (?:is |was |has been )?(?:lost|removed|hung|reset)|lost device|DXGI_ERROR_DEVICE|VK_ERROR_DEVICE_LOST|CUDA_ERROR|CUDA failure (?:4|46|700|702|710|719)\b/i;

/** True when a process says of its order that the graphics card went from under it: all its sessions are dead then. */
export function saysDeviceLost({ message }: Problem): boolean {
  return DEVICE_LOST.test(message);
}

/** The problem of an attempt that lost its graphics card. */
export const DEVICE_GONE: Problem = problem({
  code: 'render-crashed',
  message: 'The graphics card was lost while this shot was rendered.',
  safe: 'The other shots go on; what was rendered before is kept.',
  action: 'Retry the shot; if it happens again, update the driver of the graphics card.',
  retry: true,
});
