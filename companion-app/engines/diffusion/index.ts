/** The diffusion engine: an image-to-video model animates a board. */
export { createDiffusionEngine, type DiffusionOptions } from './engine';
