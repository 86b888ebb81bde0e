/** Tests run from TypeScript through swc; child processes they start run from dist/ (npm test builds it first). */
// Suites that keep the processors busy must not hold up those that wait for a shot.
process.env.INBETWEEN_PRIORITY = 'normal';

module.exports = {
  testEnvironment: '<rootDir>/test/inference/onnx-environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.tsx?$': '<rootDir>/test/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/out/', '<rootDir>/.cache/'],
  testTimeout: 120000,
  // Many suites wait for processes, browsers and clocks: a third keeps two cores busy.
  maxWorkers: 3,
};
