/** Named values on projects and sequences. Reading is synchronous once the owner's properties are fetched [D]. */
import type { Action, Properties, PropertiesStatic } from '@adobe/premierepro';
import type { ProjectState, PropertyValue } from '../model/state';
import type { Session } from '../world/session';
import { gone } from '../world/world';
import { arity, HostError, valid } from './adobe';
import { RAW } from './constants';
import { Handles, projects, sequences } from './handles';

type Bag = ProjectState['properties'];

interface Owner {
  readonly session: Session;
  readonly bag: (state: ProjectState) => Bag | undefined;
}

const owners = new Handles<Owner>();

function ownerOf(object: object): Owner {
  if (projects.has(object)) return { session: projects.of(object), bag: (state) => state.properties };
  const { session, guid } = sequences.of(object);
  return { session, bag: (state) => state.sequences.get(guid)?.properties };
}

/** [I] A Properties object reads what is there now; it outlives commits. */
function bagOf(owner: Owner, state = owner.session.state): Bag {
  owner.session.check();
  const bag = owner.bag(state);
  if (!bag) throw gone();
  return bag;
}

class SimProperties implements Properties {
  constructor(owner: Owner) {
    owners.set(this, owner);
  }

  hasValue(...args: Parameters<Properties['hasValue']>): boolean {
    arity(args, 1);
    return bagOf(owners.of(this)).has(args[0]);
  }

  /** [I] A name without a value throws: ask hasValue first. */
  getValue(...args: Parameters<Properties['getValue']>): string {
    arity(args, 1);
    return String(this.#value(args[0]));
  }

  getValueAsInt(name: string): number {
    return Math.trunc(Number(this.#value(name)));
  }

  getValueAsFloat(name: string): number {
    return Number(this.#value(name));
  }

  getValueAsBool(name: string): boolean {
    return [true, 'true', 1].includes(this.#value(name));
  }

  /** [D] An action: setting a value is undone with the rest of its transaction. */
  createSetValueAction(...args: Parameters<Properties['createSetValueAction']>): Action {
    arity(args, 3);
    const [name, value, flag] = args;
    valid(typeof name === 'string' && ['string', 'number', 'boolean'].includes(typeof value));
    const given: number = flag;
    valid(given === RAW.PropertyType.PERSISTENT || given === RAW.PropertyType.NON_PERSISTENT);
    return this.#change((bag) => bag.set(name, { value, persistent: given === RAW.PropertyType.PERSISTENT }));
  }

  createClearValueAction(...args: Parameters<Properties['createClearValueAction']>): Action {
    arity(args, 1);
    return this.#change((bag) => bag.delete(args[0]));
  }

  #value(name: string): PropertyValue {
    const found = bagOf(owners.of(this)).get(name);
    if (!found) throw new HostError(`There is no value named ${name}.`);
    return found.value;
  }

  #change(edit: (bag: Bag) => void): Action {
    const owner = owners.of(this);
    if (owner.session.world.faults.propertiesReadOnly) {
      throw new HostError('The properties object does not support action based setting of properties.'); // [D] "can fail"
    }
    bagOf(owner);
    return owner.session.action(() => (draft) => edit(bagOf(owner, draft)));
  }
}

export const PropertyLists: PropertiesStatic = {
  getProperties: (...args) => {
    arity(args, 1);
    const owner = ownerOf(args[0]);
    return owner.session.world.call('Properties.getProperties', () => {
      bagOf(owner);
      return new SimProperties(owner);
    });
  },
  PROPERTY_PERSISTENT: RAW.PropertyType.PERSISTENT,
  PROPERTY_NON_PERSISTENT: RAW.PropertyType.NON_PERSISTENT,
};
