export { BoardStore, type BoardStoreOptions } from './board-store';
export { systemClock } from './clock';
export type { Capabilities, CompanionInfo } from './context';
export { createGateway, type Gateway, type GatewayOptions } from './gateway';
export { GATEWAY_LIMITS, type GatewayLimits } from './limits';
export { Pairing, type PairingOptions } from './pairing';
export type * from './ports';
export { queuePort } from './queue-port';
export { createPairingFile, type PairedClient, type PairingStore } from './token-file';
