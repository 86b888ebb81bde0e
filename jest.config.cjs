/** Tests run from TypeScript through swc; child processes they start run from dist/ (npm test builds it first). */
// Suites that keep the processors busy must not hold up those that wait for a shot.
process.env.INBETWEEN_PRIORITY = 'normal';
// Workers know by it what their run has bundled already.
process.env.INBETWEEN_TEST_RUN = String(process.pid);

module.exports = {
  testEnvironment: '<rootDir>/test/inference/onnx-environment.cjs',
  globalSetup: '<rootDir>/test/bundles.cjs',
  globalTeardown: '<rootDir>/test/bundles.cjs',
  setupFilesAfterEnv: ['<rootDir>/test/bytes-equal.cjs'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.tsx?$': '<rootDir>/test/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/out/', '<rootDir>/.cache/'],
  testTimeout: 120000,
  testSequencer: '<rootDir>/.ci/longest-first.cjs',
  // Many suites wait for processes, browsers and clocks: twice as many as two cores keep these busy.
  maxWorkers: 4,
};
