/**
 * Jest runs tests in a realm with typed arrays of its own; ONNX Runtime's native part knows only Node's. This environment,
 * that of every suite, shares them.
 */
const { TestEnvironment } = require('jest-environment-node');

module.exports = class OnnxEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of [Float32Array, Float64Array, Uint8Array, Uint16Array, Int32Array, BigInt64Array, ArrayBuffer]) {
      this.global[type.name] = type;
    }
  }
};
