/** Providers tried for real, in processes of their own. */
import { candidates, chooseProvider, tryProvider, type Provider, type Trial } from '../../companion-app/inference';
import { InbetweenError, toProblem } from '../../shared/problem';

test('the CPU always works', async () => {
  expect(await tryProvider('cpu')).toMatchObject({ works: true });
});

test('a provider that this machine lacks is found out without harm', async () => {
  const absent: Provider = process.platform === 'darwin' ? 'dml' : 'coreml';
  const trial = await tryProvider(absent);
  expect(trial).toMatchObject({ works: false });
  expect('reason' in trial && trial.reason).toMatch(/\w/);
});

test('the CPU is the last choice everywhere', () => {
  for (const platform of ['linux', 'win32', 'darwin', 'freebsd'] as const)
    expect(candidates(platform).at(-1)).toBe('cpu');
  expect(candidates('win32')).toEqual(['dml', 'webgpu', 'cpu']);
});

describe('choosing', () => {
  const trials = (results: Partial<Record<Provider, Trial>>) => {
    const asked: Provider[] = [];
    const attempt = (provider: Provider): Promise<Trial> => {
      asked.push(provider);
      return Promise.resolve(results[provider] ?? { works: false, reason: 'no adapter' });
    };
    return { asked, attempt };
  };

  test('auto takes the first that clearly beats the CPU', async () => {
    const { attempt, asked } = trials({ cpu: { works: true, ms: 100 }, webgpu: { works: true, ms: 5 } });
    expect(await chooseProvider('auto', 'linux', attempt)).toBe('webgpu');
    expect(asked).toEqual(['cpu', 'cuda', 'webgpu']);
  });

  test('of several that do the fastest is taken, whatever their order', async () => {
    const works = (ms: number): Trial => ({ works: true, ms });
    const { attempt } = trials({ cpu: works(100), cuda: works(9), webgpu: works(3) });
    expect(await chooseProvider('auto', 'linux', attempt)).toBe('webgpu');
  });

  test('a software adapter does not win over the CPU', async () => {
    const { attempt } = trials({ cpu: { works: true, ms: 100 }, webgpu: { works: true, ms: 300 } });
    expect(await chooseProvider('auto', 'linux', attempt)).toBe('cpu');
  });

  test('the CPU asked for by name is not tried', async () => {
    const { attempt, asked } = trials({});
    expect(await chooseProvider('cpu', 'linux', attempt)).toBe('cpu');
    expect(asked).toEqual([]);
  });

  test.each(['webgpu', 'dml', 'abacus'])('%s asked for by name must work', async (name) => {
    const chosen = chooseProvider(name, 'linux', trials({}).attempt);
    await expect(chosen).rejects.toBeInstanceOf(InbetweenError);
    const { code, action } = toProblem(await chosen.catch((error: unknown) => error));
    expect(code).toBe('engine-unavailable');
    expect(action).toContain('cpu');
  });
});
