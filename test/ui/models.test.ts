/** The models' page: packs pulled from a real server, stopped, gone on with, verified, removed, refused. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { dataLayout } from '../../companion-app/daemon';
import { entryFor, LARGE, packFiles } from '../inference/catalogue/support/packs';
import { startFileServer, type FileServer } from '../inference/catalogue/support/server';
import { describeInChromium } from './support/chromium';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('the models', () => {
  let rig: PagesRig;
  let server: FileServer;
  beforeAll(async () => {
    rig = await startPages();
    server = await startFileServer();
    const tiny = entryFor(server, packFiles(3_000_000));
    const gone = {
      ...tiny,
      name: 'gone',
      title: 'A pack that is gone',
      files: [{ ...tiny.files![0]!, urls: [`${server.address}/404`] }],
    };
    await writeFile(
      path.join(rig.daemon.dataDir, 'catalogue.json'),
      JSON.stringify({ version: 1, packs: [tiny, gone] }),
    );
  });
  afterAll(async () => {
    await rig.close();
    await server.close();
  });
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const entry = (page: Page, title: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: new RegExp(`^${title}`) }) });
  const pull = async (page: Page, title: string, label = 'Download'): Promise<void> => {
    await entry(page, title).getByRole('button', { name: label }).click();
    // By keys: a click may fall into the dialog's opening.
    await page.getByRole('dialog').getByRole('checkbox').press('Space');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept and download' }).click();
  };

  it('asks for the licence to be accepted before anything is fetched', async () => {
    const page = await rig.open('models');
    await page.getByText('No pack is installed.').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-models-empty');
    await entry(page, 'Tiny SVD').getByRole('button', { name: 'Download' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You may test with it.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Accept and download' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-models-licence');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(server.asked).toEqual([]);
  });

  it('pulls, stops, goes on where it was, and says so', async () => {
    const page = await rig.open('models');
    server.script.set(LARGE, ['stall']);
    await pull(page, 'Tiny SVD');
    await page.getByText('Downloading svd-tiny').waitFor();
    await page.getByText(/\d.* MB \/ \d.* MB/).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-models-pulling');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('svd-tiny: stopped. What was fetched is kept.').waitFor();
    await pull(page, 'Tiny SVD', 'Go on downloading');
    await page.getByText('svd-tiny is installed.').waitFor();
    expect(server.asked.filter((asked) => asked.path === LARGE).at(-1)?.range).toMatch(/^bytes=[1-9]\d*-/);
  });

  it('verifies a pack, tells of a file that has changed, and removes it', async () => {
    const page = await rig.open('models');
    const row = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Verify' }) });
    await row.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('svd-tiny is whole', { exact: false }).waitFor();
    await writeFile(path.join(dataLayout(rig.daemon.dataDir).packs, 'svd-tiny', LARGE), 'changed');
    await row.getByRole('button', { name: 'Verify' }).click();
    await page
      .getByRole('alert')
      .getByText(/extra\.bin has 7 bytes/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-models-failed');
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('svd-tiny is removed.').waitFor();
    await page.getByText('No pack is installed.').waitFor();
  });

  it('says what went wrong where a server does not have a file, and where a folder is no pack', async () => {
    const page = await rig.open('models');
    await pull(page, 'A pack that is gone');
    await page.getByRole('alert').getByText('404', { exact: false }).waitFor();
    const folder = path.join(rig.daemon.dataDir, 'nothing in here');
    await mkdir(folder, { recursive: true });
    await page.getByLabel('Full path of the folder').fill(folder);
    await page.getByLabel('Name of the pack').fill('mine');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('is no model pack', { exact: false }).waitFor();
    await page.getByLabel('Full path of the folder').fill('relative/path');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('is no full path of a folder', { exact: false }).waitFor();
  });
});
