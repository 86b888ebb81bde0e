export { checkDetail, checkName } from './check';
export { problemLine, sayProblem, sayTold, type SaidProblem, type Told } from './problem';
