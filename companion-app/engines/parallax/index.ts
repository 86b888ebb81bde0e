/** The parallax engine: one board, a camera that moves over its relief. */
export { createParallaxEngine, type ParallaxOptions } from './engine';
export { openLive, type Live, type LiveOrder, type NearMap, type Quad } from './live';
