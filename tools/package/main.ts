/** Prints what keeps the package from being made; exit 0 when nothing does. */
import { factsOf } from './facts';
import { problemsOf } from './rules';

const root = process.argv[2] ?? process.cwd();
const facts = factsOf(root);
const problems = problemsOf(facts);
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? `The package can be made: ${facts.native.length} native files unpacked, ${facts.required.length} packages taken along.`
    : `${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
