/** The bin that takes are imported into, at the project's root. */
export const BIN_NAME = 'Animatics';
