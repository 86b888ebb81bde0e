/** IPTC's digital source type: what kind of making a picture comes from. */

/** IPTC's controlled vocabulary. */
const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/**
 * `trainedAlgorithmicMedia`: made by a model trained on sampled content. `compositeSynthetic`: put together of elements of which at
 * least one was made so, as where a network draws what lies between two boards, or a cut holds such a clip. `algorithmicMedia`: made by
 * an algorithm that was trained on nothing, as a camera moved over a drawing.
 */
export const SOURCE_TYPES = ['trainedAlgorithmicMedia', 'compositeSynthetic', 'algorithmicMedia'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** Engines of a cut's clips, each once: "diffusion + parallax". */
export const enginesOf = (engines: readonly string[]): string => [...new Set(engines)].sort().join(' + ');

/** The type by what made the pictures: the engine or engines, and whether a trained network had a part in them. */
export function sourceTypeOf({ engine, pack }: { readonly engine: string; readonly pack?: object }): SourceType {
  const engines = engine.split(' + ');
  if (engine === 'diffusion') return 'trainedAlgorithmicMedia';
  if (engines.includes('diffusion') || (engines.includes('inbetween') && pack)) return 'compositeSynthetic';
  return 'algorithmicMedia';
}

/** The term as a URI, as IPTC wants it written. */
export const sourceTypeUri = (made: Parameters<typeof sourceTypeOf>[0]): string => VOCABULARY + sourceTypeOf(made);
