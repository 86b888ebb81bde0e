export * from './camera-move';
export * from './shot';
export * from './time/rate';
export * from './time/smpte';
