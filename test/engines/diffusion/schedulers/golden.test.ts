import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkScheduler, zSchedulerCase } from '../../../../companion-app/engines/diffusion/check/scheduler-case';

const FOLDER = join(__dirname, '../../../fixtures/golden/schedulers');

describe('schedulers agree with diffusers', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

  test('the reference files are here', () => expect(files.length).toBeGreaterThanOrEqual(18));

  test.each(files)('%s', (file) => {
    const found = checkScheduler(zSchedulerCase.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((comparison) => !comparison.ok)).toEqual([]);
  });

  test('a wrong rule is noticed', () => {
    const text = readFileSync(join(FOLDER, 'flow-shift5.json'), 'utf8').replace('"shift": 5.0', '"shift": 5.001');
    const found = checkScheduler(zSchedulerCase.parse(JSON.parse(text)));
    expect(found.filter((comparison) => !comparison.ok).length).toBeGreaterThan(0);
  });
});
