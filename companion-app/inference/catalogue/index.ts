/** Packs from a catalogue to a person's disk: pulled, imported, verified, removed. */
export { formatBytes } from './bytes';
export { diskFault, exists } from './disk';
export { importName, importPack } from './import';
export { mergedCatalogue, readCatalogue } from './load';
export { verifyManifest } from './manifest';
export { Pace } from './pace';
export { siteOf } from './place';
export { pullPack, type PullProgress } from './pull';
export { findInstalled, removePack } from './remove';
export type { Catalogue, CatalogueEntry } from './schema';
