export { type Check, type FrameRange } from './check';
export { burntMask } from './board/safe-area';
export { checkTake, unusable, type TakeToCheck } from './check-take';
export { type Ordered } from './container-checks';
export { evidence, type Evidence } from './evidence';
export { Looker, LOOK_WIDTH, type Look } from './look/look';
export { sampleFrames } from './look/sampling';
export { THRESHOLDS, thresholdsOf, type EngineThresholds } from './thresholds';
