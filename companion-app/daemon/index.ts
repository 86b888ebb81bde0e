export { daemonConfig, userDataDir, VERSION, type DaemonConfig } from './config';
export { dataLayout, defaultDataDir, type DataLayout } from './data-folder';
export { startDaemon, type Daemon } from './start';
export { thisMachine } from './night';
