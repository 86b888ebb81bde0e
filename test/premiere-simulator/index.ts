/** A stand-in for Premiere and its UXP runtime. See README.md. */
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator';
export { realClock, virtualClock } from './world/clock';
export type { ExportFault, Faults } from './world/faults';
export type { ProjectBuilder, SequenceOptions } from './stage/project-builder';
export type { SequenceBuilder } from './stage/sequence-builder';
export { runBundle } from './uxp/bundle';
export type { UxpWebSocket } from './uxp/websocket';
