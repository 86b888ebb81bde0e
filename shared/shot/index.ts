export * from './camera-move';
export * from './notes';
export * from './shot';
export * from './slate';
export * from './time/rate';
export * from './time/smpte';
