import path from 'node:path';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { describeInChromium } from '../ui/support/chromium';
import { startPanel, type PanelRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
jest.setTimeout(120_000);

describeInChromium('the panel in front of an artist', () => {
  let rig: PanelRig;
  let example: ExampleSequence;
  beforeAll(async () => {
    example = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 12, {
      width: 320,
      height: 180,
    });
    rig = await startPanel();
  });
  afterAll(() => rig.close());

  test('first look', async () => {
    const page = await rig.open({ example });
    await page.waitForTimeout(6000);
    await page.screenshot({ path: '/tmp/p1.png' });
    console.log(
      rig.complaints(),
      await page.evaluate(() => window.stage?.escaped),
      await page.locator('#root').innerText(),
    );
  });
});
