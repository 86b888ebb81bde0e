export { checkDetail, checkName, machineTold } from './check';
export { problemLine, sayProblem, sayTold, type SaidProblem, type Told } from './problem';
export { readingTold } from './reading';
export { REASONS, sayReason } from './reason';
