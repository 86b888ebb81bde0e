export * from './chunk';
export * from './errors';
export * from './job';
export * from './limits';
export * from './messages';
export * from './shot-schema';
export * from './version';
