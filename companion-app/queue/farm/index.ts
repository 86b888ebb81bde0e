export { Desk } from './desk';
export { folderCarrier } from './folder-carrier';
export { FARM_DEFAULTS, FarmRunner } from './farm-runner';
export type { Carrier, FarmDesk } from './carrier';
export {
  ANY_PACK,
  EMBEDDED,
  farmId,
  KEYS,
  packQueue,
  zFarmDoor,
  type FarmDoor,
  type FarmFile,
  type FarmJob,
  type WorkerCard,
  type WorkerPack,
} from './messages';
export { assertKeepsJobs, connectRedis, plainUrl } from './redis';
export { SharedFolder } from './shared-folder';
export { drainWorker, farmStatus, setFarmPaused, type FarmStatus } from './status';
export { FarmWorker, type Able } from './worker';
export { WorkerDispatch } from './worker-dispatch';
export { openJobTemplate } from './openjd';
