/** Model packs: folders in the diffusers layout, their graphs, and what the graphs' inputs and outputs are called. */
export { bareGraph, graphPorts, portsOf, type BareGraph, type GraphPorts } from './bare';
export { bind, type Bound, type PortNames } from './bind';
export { openNetwork, type Feed, type Network, type Port } from './network';
export { networkFailed, packInvalid } from './pack-problem';
export { saysOutOfMemory } from './out-of-memory';
export { readPack, type Pack } from './pack';
export { verifyGraphs, type GraphFinding } from './verify';
export { patience, type Patience, type Quiet } from './patience';
export { Stage } from './stage';
export { weightShapes } from './shapes';
