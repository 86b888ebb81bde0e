export * from './common';
export * from './say';
