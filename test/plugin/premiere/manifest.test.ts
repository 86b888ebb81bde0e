import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PORTS } from '../../../shared/protocol/limits';

const root = path.resolve(__dirname, '../../..');
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const zManifest = z.object({
  manifestVersion: z.literal(5),
  version: z.string(),
  main: z.literal('index.html'),
  host: z.object({ app: z.literal('premierepro'), minVersion: z.literal('26.3.0') }),
  entrypoints: z.tuple([z.object({ type: z.literal('panel'), minimumSize: z.object({ width: z.number().max(260) }) })]),
  requiredPermissions: z.strictObject({
    localFileSystem: z.literal('fullAccess'),
    network: z.strictObject({ domains: z.array(z.string()) }),
    launchProcess: z.strictObject({
      schemes: z.tuple([z.literal('inbetween')]),
      extensions: z.array(z.string()).length(0),
    }),
  }),
});

test('the manifest asks for this host, one panel, the deep link, and no more', () => {
  expect(zManifest.safeParse(json('manifest.json')).error?.issues).toBeUndefined();
});

test('it lists every port of the companion, by name and by number, and nothing else', () => {
  const { domains } = zManifest.parse(json('manifest.json')).requiredPermissions.network;
  const expected = ['ws', 'http'].flatMap((scheme) =>
    ['localhost', '127.0.0.1'].flatMap((host) => PORTS.map((port) => `${scheme}://${host}:${port}`)),
  );
  expect([...domains].sort()).toEqual([...expected].sort());
});

test('its version is the product version', () => {
  const { version } = z.object({ version: z.string() }).parse(json('package.json'));
  expect(zManifest.parse(json('manifest.json')).version).toBe(version);
});
