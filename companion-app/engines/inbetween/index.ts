/** The in-between engine: several boards in one shot, drawn into each other. */
export { createInbetweenEngine, type InbetweenOptions } from './engine';
