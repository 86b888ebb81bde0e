export * from './endpoint';
export * from './pair';
