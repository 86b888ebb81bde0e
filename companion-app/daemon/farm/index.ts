export { ableOf } from './able';
export { openFarm, type FarmConfig } from './open-farm';
export { doorOf, openDesk } from './open-desk';
export { openCarrier } from './open-carrier';
