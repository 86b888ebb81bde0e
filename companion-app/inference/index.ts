/** ONNX models: building small ones, opening any, choosing what runs them. */
export { GraphBuilder, type Attribute, type Dimension, type Value } from './onnx/graph';
export { freeCardBytes } from './card-memory';
export { candidates, chooseProvider, tryProvider } from './provider';
export { openSession, PROVIDERS, type FloatTensor, type Provider, type Session, type SessionOptions } from './session';
export type { Trial } from './trials';
