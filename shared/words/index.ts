export * from './common';
export * from './editor';
export * from './panel';
export * from './panel-moves';
export * from './panel-states';
export * from './queue';
export * from './say';
export * from './shell';
