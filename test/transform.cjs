/**
 * TypeScript through swc, with the globals that pixel loops use bound once a module: in jest's sandbox every look at a global passes
 * through an interceptor, which made such loops several times slower than they are.
 */
'use strict';
const { createHash } = require('node:crypto');
const { createTransformer } = require('@swc/jest');

const BOUND = ['Math', 'Number', 'Float32Array', 'Float64Array', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int32Array', 'Array', 'Map', 'Set', 'BigInt', 'Infinity', 'NaN'];
const LINE = `const {${BOUND.join(',')}}=globalThis;`;

const swc = createTransformer({
  jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022', transform: { react: { runtime: 'automatic' } } },
  module: { type: 'commonjs' },
});

/** On the first line, so that stack traces stay true; not where the module has such a name of its own. */
function bind(code) {
  if (BOUND.some((name) => new RegExp(`(?:const|let|var|class|function)\\s+${name}\\b`).test(code))) return code;
  return code.startsWith('"use strict";') ? `"use strict";${LINE}${code.slice('"use strict";'.length)}` : LINE + code;
}

module.exports = {
  ...swc,
  process(source, file, options) {
    const made = swc.process(source, file, options);
    return { ...made, code: bind(made.code) };
  },
  getCacheKey(source, file, options) {
    return createHash('sha256').update(LINE).update(swc.getCacheKey(source, file, options)).digest('hex').slice(0, 32);
  },
};
