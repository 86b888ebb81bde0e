import fc from 'fast-check';
import { createScheduler } from '../../../../companion-app/engines/diffusion/schedulers';

/**
 * Normal data has a perfect denoiser in closed form, and the sampler's map from noise to data is then affine: two samples
 * tell its mean and spread. Both must approach the data's as steps grow.
 */
interface Kind {
  readonly name: string;
  readonly config: object;
  /** Parts of data and noise in a sample, given the timestep and the level. */
  readonly mix: (level: number) => { alpha: number; sigma: number };
  readonly predicts: 'noise' | 'velocity' | 'flow' | 'picture';
  readonly within: number;
}

const straight = (sigma: number) => ({ alpha: 1 - sigma, sigma });
const exploding = (sigma: number) => ({ alpha: 1, sigma });
const preserving = (sigma: number) => ({ alpha: 1 / Math.hypot(1, sigma), sigma: sigma / Math.hypot(1, sigma) });
const fromAlpha = (bar: number) => ({ alpha: Math.sqrt(bar), sigma: Math.sqrt(1 - bar) });
const betas = { beta_schedule: 'scaled_linear', beta_start: 0.00085, beta_end: 0.012 };

const KINDS: readonly Kind[] = [
  {
    name: 'flow-matching Euler',
    config: { _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 3 },
    mix: straight,
    predicts: 'flow',
    within: 0.1,
  },
  {
    name: 'UniPC on flow levels',
    config: {
      _class_name: 'UniPCMultistepScheduler',
      _diffusers_version: '0.40.0',
      prediction_type: 'flow_prediction',
      use_flow_sigmas: true,
      flow_shift: 3,
    },
    mix: straight,
    predicts: 'flow',
    within: 0.02,
  },
  {
    name: 'DPM++ 2M, Karras',
    config: { _class_name: 'DPMSolverMultistepScheduler', ...betas, use_karras_sigmas: true },
    mix: preserving,
    predicts: 'noise',
    within: 0.02,
  },
  {
    name: 'Euler, Karras, as in SVD',
    config: {
      _class_name: 'EulerDiscreteScheduler',
      ...betas,
      prediction_type: 'v_prediction',
      timestep_type: 'continuous',
      timestep_spacing: 'leading',
      use_karras_sigmas: true,
      sigma_min: 0.002,
      sigma_max: 700,
    },
    mix: exploding,
    predicts: 'velocity',
    within: 0.1,
  },
  {
    name: 'DDIM, zero terminal SNR',
    config: {
      _class_name: 'DDIMScheduler',
      ...betas,
      prediction_type: 'v_prediction',
      timestep_spacing: 'trailing',
      rescale_betas_zero_snr: true,
      clip_sample: false,
    },
    mix: fromAlpha,
    predicts: 'velocity',
    within: 0.1,
  },
  ...(['epsilon', 'v_prediction', 'sample'] as const).flatMap((type): Kind[] => {
    const predicts = ({ epsilon: 'noise', v_prediction: 'velocity', sample: 'picture' } as const)[type];
    const plain = { ...betas, prediction_type: type };
    return [
      {
        name: `Euler, levels of training, ${type}`,
        config: { _class_name: 'EulerDiscreteScheduler', ...plain },
        ...{ mix: exploding, predicts, within: 0.1 },
      },
      {
        name: `DDIM, ${type}`,
        config: { _class_name: 'DDIMScheduler', ...plain, clip_sample: false },
        ...{ mix: fromAlpha, predicts, within: 0.1 },
      },
      {
        name: `DPM++ 2M, ${type}`,
        config: { _class_name: 'DPMSolverMultistepScheduler', ...plain, use_karras_sigmas: true },
        ...{ mix: preserving, predicts, within: 0.02 },
      },
    ];
  }),
  {
    name: 'DPM++ 2M on flow levels',
    config: {
      ...{ _class_name: 'DPMSolverMultistepScheduler', prediction_type: 'flow_prediction' },
      ...{ use_flow_sigmas: true, flow_shift: 3 },
    },
    ...{ mix: straight, predicts: 'flow', within: 0.02 },
  },
  ...['bh1', 'bh2'].flatMap((type) =>
    [1, 2, 3].map((order): Kind => ({
      name: `UniPC ${type}, order ${order}`,
      config: {
        ...{ _class_name: 'UniPCMultistepScheduler', _diffusers_version: '0.35.0', solver_type: type },
        ...{ prediction_type: 'flow_prediction', use_flow_sigmas: true, flow_shift: 3, solver_order: order },
      },
      ...{ mix: straight, predicts: 'flow', within: order === 1 ? 0.1 : 0.03 },
    })),
  ),
  {
    name: 'flow-matching Euler, unshifted',
    config: { _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 1 },
    ...{ mix: straight, predicts: 'flow', within: 0.1 },
  },
];

/** Mean and spread of what `steps` steps make of standard normal noise, for data of the given mean and spread. */
function sampled(kind: Kind, steps: number, mean: number, spread: number): { mean: number; spread: number } {
  const scheduler = createScheduler(kind.config, { steps });
  const level = (i: number) => kind.mix((scheduler.alphas?.atTimesteps ?? scheduler.sigmas ?? [])[i] ?? NaN);
  // Some noisiest levels still show a little of the data: the run starts from what truly is there.
  const first = level(0);
  const start = first.alpha * mean;
  let sample = Float32Array.of(start, start + Math.hypot(first.alpha * spread, first.sigma));
  for (let i = 0; i < steps; i++) {
    const { alpha, sigma } = level(i);
    const variance = alpha ** 2 * spread ** 2 + sigma ** 2;
    const output = sample.map((x) => {
      const rest = (x - alpha * mean) / variance;
      const picture = mean + alpha * spread ** 2 * rest;
      const noise = sigma * rest;
      if (kind.predicts === 'noise') return noise;
      if (kind.predicts === 'picture') return picture;
      if (kind.predicts === 'flow') return noise - picture;
      const scale = Math.hypot(alpha, sigma);
      return (alpha / scale) * noise - (sigma / scale) * picture;
    });
    sample = Float32Array.from(scheduler.step(i, output, sample));
  }
  return { mean: sample[0] ?? NaN, spread: (sample[1] ?? NaN) - (sample[0] ?? NaN) };
}

describe.each(KINDS)('$name on normal data', (kind) => {
  test('samples have the mean and spread of the data', () => {
    const property = fc.property(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: 0.3, max: 1.5, noNaN: true }),
      (mean, spread) => {
        const error = (steps: number) => {
          const got = sampled(kind, steps, mean, spread);
          return Math.max(Math.abs(got.mean - mean), Math.abs(got.spread - spread));
        };
        const [few, many] = [error(8), error(100)];
        expect(many).toBeLessThan(kind.within);
        expect(many).toBeLessThanOrEqual(Math.max(few, kind.within / 4));
      },
    );
    fc.assert(property, { numRuns: 12, seed: 4 });
  });
});
