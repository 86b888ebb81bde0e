/**
 * Guidance that keeps the conditional prediction's spread. Source: "Common Diffusion Noise Schedules and Sample Steps are
 * Flawed" (Lin et al. 2023), section 3.4.
 */

/** Standard deviation with n − 1. */
function deviation(values: Float32Array): number {
  let sum = 0;
  for (const x of values) sum += x;
  const mean = sum / values.length;
  let squares = 0;
  for (const x of values) squares += (x - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** The guided prediction mixed, by `part`, with itself at the spread of the conditional one. */
export function rescaled(guidedOne: Float32Array, conditional: Float32Array, part: number): Float32Array {
  const spread = deviation(guidedOne);
  const gain = spread > 0 ? deviation(conditional) / spread : 1;
  return guidedOne.map((x) => part * x * gain + (1 - part) * x);
}
