export { crashedBefore, endedWell } from './crash';
export { thisMachine, type Machine } from './machine';
export { Diary } from './diary';
export { Night, type NightParts } from './night';
export { systemKeepAwake, type KeepAwake } from './stay-awake';
