export { checkDetail, checkName, machineTold } from './check';
export { problemLine, sayProblem, sayTold, type SaidProblem, type Told } from './problem';
export { REASONS, sayReason } from './reason';
