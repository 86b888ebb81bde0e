/** A folder of a test's own under the system's temporary folder, removed afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Registers jest hooks; call at the top of a describe or file. The returned function gives the folder. */
export function temporaryFolder(name: string): () => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), `inbetween-${name}-`));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
