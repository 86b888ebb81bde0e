// Runs the README's test command. Suites that fail are looked at once more, alone: on a busy machine a process or a browser can be
// slower than any limit. What passes only then counts as passed and is named as unsteady, to be mended; what fails twice has failed.
// Writes "passed failed" into the file it is given.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** More suites than this do not fail by chance. */
const MOST_UNSTEADY = 4;
const [answer] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'ci-'));

function results(command, args, name) {
  const file = path.join(folder, name);
  spawnSync(command, [...args, '--ci', '--json', `--outputFile=${file}`], { stdio: 'inherit' });
  return JSON.parse(readFileSync(file, 'utf8'));
}
// A suite that could not even start has no tests of its own to fail; under CI a skipped test is a failure.
const bad = (run) => run.numFailedTests + run.numRuntimeErrorTestSuites + run.numPendingTests;
const failedIn = (suite) => suite.assertionResults.filter((test) => test.status === 'failed');

/** What each suite took, for longest-first.cjs: written anew where INBETWEEN_DURATIONS=keep asks for it. */
function keepDurations(run) {
  const took = run.testResults.map(({ name, startTime, endTime }) => [
    path.relative('.', name).split(path.sep).join('/'),
    Math.max(1, Math.round((endTime - startTime) / 1000)),
  ]);
  const sorted = took.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  writeFileSync('.ci/durations.json', `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

let counts = '0 1';
try {
  const first = results('npm', ['test', '--silent', '--'], 'first.json');
  if (process.env.INBETWEEN_DURATIONS === 'keep') keepDurations(first);
  let [passed, failed] = [first.numPassedTests, bad(first)];
  const suites = first.testResults.filter((suite) => suite.status === 'failed');
  if (suites.length > 0 && suites.length <= MOST_UNSTEADY) {
    console.log(`Looked at once more, alone: ${suites.map(({ name }) => path.relative('.', name)).join(', ')}`);
    const files = suites.map(({ name }) => name);
    const second = results('npx', ['--no-install', 'jest', '--runInBand', '--runTestsByPath', ...files], 'second.json');
    passed +=
      second.numPassedTests -
      suites.flatMap((suite) => suite.assertionResults).filter(({ status }) => status === 'passed').length;
    failed = bad(second) + first.numPendingTests;
    if (second.success) {
      for (const suite of suites) {
        const tests = failedIn(suite).map(({ fullName }) => fullName);
        console.log(`UNSTEADY  ${path.relative('.', suite.name)}: ${tests.join('; ') || 'the suite itself'}`);
      }
    }
  }
  counts = `${passed} ${failed}`;
} finally {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(answer, counts);
}
