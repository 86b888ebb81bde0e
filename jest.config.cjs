/** Tests run from TypeScript through swc; child processes they start run from dist/ (npm test builds it first). */
module.exports = {
  testEnvironment: '<rootDir>/test/inference/onnx-environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.tsx?$': '<rootDir>/test/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/out/', '<rootDir>/.cache/'],
  testTimeout: 30000,
  maxWorkers: 2,
};
