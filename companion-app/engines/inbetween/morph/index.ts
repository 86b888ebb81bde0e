/**
 * In-betweens of two drawings without a model: the pieces of the first board are found on the second, each moves as a
 * cut-out that also bends, first drawn from the one board, then from the other. A pixel never comes from both, so that no
 * line is seen twice.
 *
 * After Sýkora, Dingliana, Collins, "As-Rigid-As-Possible Image Registration for Hand-drawn Cartoon Animations" (push each
 * piece to where it matches, then make neighbours agree), with whole regions (Zhang et al., "Vectorizing Cartoon
 * Animations") for its lattice.
 */
export { cutOut, type Morph } from './cut-out';
export type { Picture } from './drawing';
export { matchBoards, type Breathe } from './match';
