/** A stand-in for Premiere and its UXP runtime. See README.md. */
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator';
export { realClock, virtualClock } from './world/clock';
export type { ExportFault, Faults } from './world/faults';
export type { ProjectBuilder } from './stage/project-builder';
export type { SequenceOptions } from './world/new-sequence';
export type { SequenceBuilder } from './stage/sequence-builder';
export { runBundle } from './uxp/bundle';
export type { UxpWebSocket } from './uxp/websocket';
