export { type Check } from './check';
export { checkTake, unusable, type TakeToCheck } from './check-take';
export { type Ordered } from './container-checks';
export { type Sample } from './picture-checks';
export { THRESHOLDS } from './thresholds';
