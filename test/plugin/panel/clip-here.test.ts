/** Clips of a companion elsewhere, written through UXP's own file functions as the simulator has them. */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { clipsHere } from '../../../plugin/clip-here';
import { uxpFiles } from '../../../plugin/uxp/files';
import { toProblem } from '../../../shared/problem';
import { boardBytes, sha256, take } from '../../gateway/support/samples';
import { uxpFs } from '../../premiere-simulator/uxp/fs';

const clip = boardBytes(30_000, 9);
const ours = { ...take('/render-box/takes/SQ01/SH010_t01_job-0001.mov'), bytes: clip.length, sha256: sha256(clip) };

test('a clip that lies here is used as it is; one from elsewhere is fetched once, and one that lies about its name never', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-here-'));
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(206).end(clip);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const way = { door: () => ({ base, token: 't' }), fetch, wait: () => Promise.resolve() };
  const here = clipsHere(way, uxpFiles(uxpFs((file) => file)), folder);
  try {
    const copy = path.join(folder, 'SH010_t01_job-0001.mov');
    expect(await here('job-0001', ours)).toBe(copy);
    expect(Buffer.compare(await readFile(copy), clip)).toBe(0);
    expect(await here('job-0001', ours)).toBe(copy);
    expect(asked).toBe(1);
    const near = path.join(folder, 'near.mov');
    await writeFile(near, clip);
    expect(await here('job-0001', { ...ours, path: near })).toBe(near);
    expect(asked).toBe(1);
    for (const name of ['/x/..', '/x/', '/x/a:b', 'C:\\x\\.hidden']) {
      const refused = here('job-0001', { ...ours, path: name }).then(() => 'taken', toProblem);
      expect(await refused).toMatchObject({ code: 'not-found' });
    }
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  }
});
