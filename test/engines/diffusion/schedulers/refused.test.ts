import { createScheduler } from '../../../../companion-app/engines/diffusion/schedulers';
import { InbetweenError } from '../../../../shared/problem';

const refusal = (config: unknown, request: Parameters<typeof createScheduler>[1] = { steps: 4 }): string => {
  try {
    createScheduler(config, request);
  } catch (error) {
    if (error instanceof InbetweenError && error.problem.code === 'pack-invalid') return error.message;
    throw error;
  }
  throw new Error('was not refused');
};

const flow = { _class_name: 'FlowMatchEulerDiscreteScheduler' };
const uniPc = { _class_name: 'UniPCMultistepScheduler', prediction_type: 'flow_prediction', use_flow_sigmas: true };

describe('a configuration that would change the numbers is refused by name', () => {
  test.each([
    [{ _class_name: 'HeunDiscreteScheduler' }, 'HeunDiscreteScheduler'],
    [{ _class_name: 'constructor' }, 'constructor'],
    [{}, '_class_name'],
    [null, '_class_name'],
    [{ ...flow, use_beta_sigmas: true }, 'use_beta_sigmas'],
    [{ ...flow, use_karras_sigmas: true, use_exponential_sigmas: true }, 'use_exponential_sigmas'],
    [{ ...flow, shape_of_things: 1 }, 'shape_of_things'],
    [{ ...flow, shift: 'three' }, 'shift'],
    [{ _class_name: 'DDIMScheduler', thresholding: true }, 'thresholding'],
    [{ _class_name: 'DDIMScheduler', beta_schedule: 'sigmoid' }, 'beta_schedule'],
    [{ _class_name: 'EulerDiscreteScheduler', use_beta_sigmas: true }, 'use_beta_sigmas'],
    [{ ...uniPc, prediction_type: 'epsilon' }, 'prediction_type'],
    [{ ...uniPc, use_flow_sigmas: false }, 'use_flow_sigmas'],
    [{ ...uniPc, solver_p: { _class_name: 'DDIMScheduler' } }, 'solver_p'],
    [{ _class_name: 'DPMSolverMultistepScheduler', algorithm_type: 'sde-dpmsolver++' }, 'algorithm_type'],
    [{ _class_name: 'DPMSolverMultistepScheduler', use_flow_sigmas: true }, 'flow'],
  ])('%j', (config, name) => expect(refusal(config)).toContain(name));

  test('dynamic shifting without a length', () => {
    expect(refusal({ ...flow, use_dynamic_shifting: true })).toContain('length');
  });

  test('no steps, parts of steps, more steps than were trained', () => {
    for (const steps of [0, -1, 2.5, NaN]) expect(refusal(flow, { steps })).toContain('step');
    expect(refusal({ _class_name: 'DDIMScheduler' }, { steps: 1001 })).toContain('1001');
  });
});
