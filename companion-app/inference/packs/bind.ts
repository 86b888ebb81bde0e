/** Finds in a graph's own metadata what each of its inputs and outputs is for. */
import type { FloatTensor } from '../session';
import type { Feed, Network, Port } from './network';
import { packInvalid } from './pack-problem';

/** What inputs (or outputs) are for, and the names exporters give them, best first. */
export interface PortNames<Input extends string> {
  readonly inputs: Readonly<Record<Input, readonly string[]>>;
  /** Inputs some exports lack. Every other one must be there. */
  readonly optional: readonly Input[];
  readonly output: readonly string[];
}

/** A network whose inputs go by what they are for. */
export interface Bound<Input extends string> {
  readonly name: string;
  /** The input that serves `role`, where the graph has it. */
  port(role: Input): Port | undefined;
  /** The output read by `run`. */
  readonly output: Port;
  /** Runs the graph. What it has no input for is left out. */
  run(feeds: Readonly<Partial<Record<Input, Feed>>>): Promise<FloatTensor>;
  close(): Promise<void>;
}

/** @throws InbetweenError `pack-invalid` listing what the graph has, when a role has no port or a port no role */
export function bind<Input extends string>(network: Network, names: PortNames<Input>): Bound<Input> {
  const found = new Map<Input, Port>();
  for (const [role, aliases] of entries(names.inputs)) {
    const port = pick(network.inputs, aliases);
    if (port) found.set(role, port);
    else if (!names.optional.includes(role)) {
      throw packInvalid(`${network.name} has no input for ${role} (${aliases.join(', ')}). ${inventory(network)}`);
    }
  }
  const stranger = network.inputs.find((port) => ![...found.values()].includes(port));
  if (stranger) {
    throw packInvalid(`${network.name} asks for "${stranger.name}", which is not known here. ${inventory(network)}`);
  }
  const output = pick(network.outputs, names.output);
  if (!output) {
    throw packInvalid(`${network.name} has no output called ${names.output.join(' or ')}. ${inventory(network)}`);
  }
  return {
    name: network.name,
    output,
    port: (role) => found.get(role),
    run: (feeds) => {
      const given: Record<string, Feed> = {};
      for (const [role, port] of found) {
        const feed = feeds[role];
        if (!feed) throw packInvalid(`${network.name}: nothing is there to give its input "${port.name}".`);
        given[port.name] = feed;
      }
      return network.run(given, output.name);
    },
    close: () => network.close(),
  };
}

function entries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  const keyed: Readonly<Partial<Record<Key, Value>>> = record;
  const all: [Key, Value][] = [];
  for (const key in keyed) {
    const value = keyed[key];
    if (value !== undefined) all.push([key, value]);
  }
  return all;
}

function pick(ports: readonly Port[], aliases: readonly string[]): Port | undefined {
  for (const alias of aliases) {
    const port = ports.find(({ name }) => name === alias);
    if (port) return port;
  }
  return undefined;
}

function inventory({ inputs, outputs }: Network): string {
  const list = (ports: readonly Port[]) =>
    ports.map(({ name, type, dims }) => `${name} (${type} [${dims.join(', ')}])`).join(', ') || 'none';
  return `Found inputs: ${list(inputs)}; outputs: ${list(outputs)}.`;
}
