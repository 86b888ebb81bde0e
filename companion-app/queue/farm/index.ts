export { FARM_DEFAULTS, FarmRunner } from './farm-runner';
export { ANY_PACK, EMBEDDED, packQueue, type WorkerCard } from './messages';
export { assertKeepsJobs, connectRedis, plainUrl } from './redis';
export { SharedFolder } from './shared-folder';
export { drainWorker, farmStatus, setFarmPaused, type FarmStatus } from './status';
export { FarmWorker } from './worker';
export { WorkerDispatch } from './worker-dispatch';
export { openJobTemplate } from './openjd';
