export * from './board-name';
export * from './camera-move';
export * from './notes';
export * from './handles';
export * from './shot';
export * from './natural-order';
export * from './time/rate';
export * from './time/smpte';
