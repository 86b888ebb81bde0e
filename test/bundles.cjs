/** Before and after a run: what its suites bundled is removed (see built.ts). */
'use strict';
const { rmSync } = require('node:fs');
const path = require('node:path');

module.exports = () =>
  rmSync(path.resolve(__dirname, '..', '.cache', 'test-bundles', process.env.INBETWEEN_TEST_RUN), {
    recursive: true,
    force: true,
  });
