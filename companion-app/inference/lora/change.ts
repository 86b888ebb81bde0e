/** W += strength · (alpha/rank) · up·down, in 32 bits. */
import type { FloatKind } from './floats';
import { BEYOND, encodeFloats } from './floats';
import { styleInvalid } from './lora-problem';
import { product, type Change, type Target } from './plan';

/**
 * The changed weight as the model stores it. Sums are made in double precision and rounded once, whatever the number of
 * styles.
 * @param stored the weight's own numbers
 * @throws InbetweenError `pack-invalid` where a style holds no numbers, or drives a weight beyond what its type can hold
 */
export async function changed(target: Target, stored: Float32Array): Promise<Uint8Array> {
  const { weight, layout, kind } = target;
  const sum = new Float64Array(stored);
  const out = (layout === 'in-out' ? weight.dims[1] : weight.dims[0]) ?? 1;
  const inner = product(weight.dims) / out;
  const [rowStep, columnStep] = layout === 'in-out' ? [1, out] : [inner, 1];
  for (const change of target.changes) {
    const { delta, file } = change;
    if (change.pair) await addPair(sum, change, { out, inner, rowStep, columnStep });
    if (!delta) continue;
    const difference = await file.read(delta);
    difference.forEach((x, i) => {
      const place = Math.floor(i / inner) * rowStep + (i % inner) * columnStep;
      sum[place] = (sum[place] ?? 0) + change.strength * x;
    });
  }
  const result = new Float32Array(sum);
  sound(target, stored, result, kind);
  return encodeFloats(result, kind);
}

interface Steps {
  readonly out: number;
  readonly inner: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

async function addPair(sum: Float64Array, change: Change, { out, inner, rowStep, columnStep }: Steps): Promise<void> {
  const { pair, alpha, file } = change;
  if (!pair) return;
  const [down, up] = [await file.read(pair.down), await file.read(pair.up)];
  const strength = change.strength * (alpha ? ((await file.read(alpha))[0] ?? 0) : 1);
  const row = new Float64Array(inner);
  for (let o = 0; o < out; o++) {
    row.fill(0);
    for (let r = 0; r < pair.rank; r++) {
      const gain = strength * (up[o * pair.rank + r] ?? 0);
      const start = r * inner;
      for (let i = 0; i < inner; i++) row[i] = (row[i] ?? 0) + gain * (down[start + i] ?? 0);
    }
    for (let i = 0; i < inner; i++) {
      const place = o * rowStep + i * columnStep;
      sum[place] = (sum[place] ?? 0) + (row[i] ?? 0);
    }
  }
}

function sound({ weight, changes }: Target, before: Float32Array, after: Float32Array, kind: FloatKind): void {
  const most = BEYOND[kind];
  const broken = after.findIndex((x, i) => !(Math.abs(x) < most) && Number.isFinite(before[i]));
  if (broken < 0) return;
  const names = [...new Set(changes.map(({ file }) => file.name))].join(', ');
  throw styleInvalid(`${names} drives the weight "${weight.name}" beyond what the model can hold; lower its strength.`);
}
