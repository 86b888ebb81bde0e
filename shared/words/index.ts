export * from './common';
export * from './say';
export * from './shell';
