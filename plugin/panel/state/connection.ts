/** What the connection is like, and the one thing to do about it. Pure. */
import type { LinkState } from '../../link';

export type ConnectionStep =
  'disconnected' | 'starting' | 'connecting' | 'pairing' | 'connected' | 'superseded' | 'old-panel' | 'old-companion';

/** The one action of each step; `wait` is none. */
export type ConnectionAction = 'start' | 'wait' | 'pair' | 'take-over' | 'try-again';

export interface ConnectionView {
  readonly step: ConnectionStep;
  readonly action: ConnectionAction;
}

const view = (step: ConnectionStep, action: ConnectionAction): ConnectionView => ({ step, action });

/** `starting`: the companion has been asked to start and has not answered yet. */
export function connectionView(link: LinkState, starting: boolean): ConnectionView {
  switch (link.kind) {
    case 'connected':
      return view('connected', 'wait');
    case 'pairing-needed':
      return view('pairing', 'pair');
    case 'superseded':
      return view('superseded', 'take-over');
    case 'version-mismatch':
      // Both sides name the one to update in their action; anything else is read as the panel's own age.
      return view(/companion/i.test(link.problem.action) ? 'old-companion' : 'old-panel', 'try-again');
    case 'connecting':
      return view(starting ? 'starting' : 'connecting', 'wait');
    default:
      return starting ? view('starting', 'wait') : view('disconnected', 'start');
  }
}
