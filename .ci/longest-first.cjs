/**
 * The order of suites: longest first, so that no long one is left for the end, when the other workers have nothing to do. How long each took
 * is kept in durations.json, for fresh clones too; a suite that is not there goes before the short ones.
 */
'use strict';
const path = require('node:path');
const seconds = require('./durations.json');

const UNKNOWN = 15;
const root = path.resolve(__dirname, '..');
const length = ({ path: file }) => seconds[path.relative(root, file).split(path.sep).join('/')] ?? UNKNOWN;

module.exports = class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => length(b) - length(a) || a.path.localeCompare(b.path));
  }

  /** Every shard gets long and short ones. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, i) => i % shardCount === shardIndex - 1);
  }

  /** Jest's own memory of failures is not kept: `--onlyFailures` runs everything. */
  allFailedTests(tests) {
    return this.sort(tests);
  }

  cacheResults() {}
};
