/** A stand-in for Premiere and its UXP runtime. See README.md. */
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator';
export { realClock, virtualClock, type SimClock } from './world/clock';
export { noFaults, type ExportFault, type Faults } from './world/faults';
export type { Hazard, Modal } from './world/world';
export type { PremiereModule } from './host/module';
export type { ProjectBuilder, SequenceOptions } from './stage/project-builder';
export type {
  AudioOptions,
  ClipOptions,
  ClipRef,
  MarkerOptions,
  SequenceBuilder,
  StillOptions,
} from './stage/sequence-builder';
export type { BinEntry, ItemSnapshot, SequenceSnapshot, TrackSnapshot } from './stage/snapshot';
export type { User } from './user/user';
export { runBundle } from './uxp/bundle';
export type { UxpWebSocket, UxpWebSocketClass } from './uxp/websocket';
