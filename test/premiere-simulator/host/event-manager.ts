/** EventManager: global listeners, and listeners of one project or sequence. */
import type { EventManagerStatic } from '@adobe/premierepro';
import type { EventBus } from '../world/events';
import { arity, valid } from './adobe';
import { ENCODER, isEncoder } from './encoder';
import { projects, sequences } from './handles';

/** What events of a target are emitted about: a project's session, a sequence's guid. Tracks emit nothing here. */
function subject(target: object): unknown {
  if (projects.has(target)) return projects.of(target);
  if (isEncoder(target)) return ENCODER;
  return sequences.has(target) ? sequences.of(target).guid : target;
}

/** [D] Names are the Constants' values, [R] which are strings at run time. */
export function eventManager(bus: EventBus): EventManagerStatic {
  return {
    addEventListener: (...args) => {
      arity(args, 3, 4);
      valid(typeof args[2] === 'function');
      bus.add(subject(args[0]), String(args[1]), args[2]);
    },
    removeEventListener: (...args) => {
      arity(args, 3);
      bus.remove(subject(args[0]), String(args[1]), args[2]);
    },
    addGlobalEventListener: (...args) => {
      arity(args, 2, 3);
      valid(typeof args[1] === 'function');
      bus.add(null, String(args[0]), args[1]);
    },
    removeGlobalEventListener: (...args) => {
      arity(args, 2);
      bus.remove(null, String(args[0]), args[1]);
    },
  };
}
