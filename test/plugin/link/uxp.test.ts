/** The link in a runtime that has only what UXP has: bundled like the panel, in a bare context that forbids eval. */
import path from 'node:path';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { createLink, readerOf, sha256OfBoard, type Link, type LinkSocket } from '../../../plugin/link';
import { systemClock } from '../../../companion-app/gateway';
import { startRig, type Rig } from '../../gateway/support/rig';
import { boardBytes, jobSpec, sha256 } from '../../gateway/support/samples';
import { socketsTo, Tokens } from './support/panel';

const source = `
  import { z } from 'zod';
  z.config({ jitless: true });
  export { createLink, readerOf, sha256OfBoard } from './plugin/link';
`;

/** What the bundle exports: the same names, from another realm. */
interface Bundle {
  createLink: typeof createLink;
  readerOf: typeof readerOf;
  sha256OfBoard: typeof sha256OfBoard;
}

function isBundle(value: object): value is Bundle {
  return 'createLink' in value && 'readerOf' in value && 'sha256OfBoard' in value;
}

function loadBare(): { bundle: Bundle; context: vm.Context } {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: path.resolve(__dirname, '../../..'), loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2020',
    write: false,
    logLevel: 'silent',
  });
  const module = { exports: {} };
  const context = vm.createContext(
    { module, exports: module.exports },
    { codeGeneration: { strings: false, wasm: false } },
  );
  vm.runInContext(outputFiles[0]!.text, context);
  if (!isBundle(module.exports)) throw new Error('the bundle exports something else');
  return { bundle: module.exports, context };
}

let rig: Rig;
let link: Link | null = null;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  link?.close();
  await rig.close();
});

test('pairs, submits, uploads and reads events without anything UXP lacks', async () => {
  const { bundle, context } = loadBare();
  const absent = [
    'TextEncoder',
    'TextDecoder',
    'structuredClone',
    'queueMicrotask',
    'Buffer',
    'AbortController',
    'setTimeout',
    'URL',
    'crypto',
    'process',
  ];
  for (const name of absent) expect(vm.runInContext(`typeof ${name}`, context)).toBe('undefined');
  expect(() => void vm.runInContext('new Function("return 1")', context)).toThrow(/Code generation/);

  const tokens = new Tokens();
  link = bundle.createLink({
    openSocket: socketsTo(rig.port),
    clock: systemClock,
    tokens,
    client: { name: 'panel', version: '0.1.0', instance: 'uxp' },
    urls: [rig.url],
  });
  await link.pair(rig.pairing.openCode());
  expect(tokens.token).not.toBeNull();

  const board = new Uint8Array(boardBytes(1_500_000)); // as a file's ArrayBuffer is wrapped in the panel
  const inBundle = bundle.readerOf(board);
  const hash = await bundle.sha256OfBoard(inBundle);
  expect(hash).toBe(sha256(board));
  const events = link.events({ since: 0 });
  const { missing } = await link.submit([jobSpec('job-0001', { board: hash, notes: 'naïve “push in” 👀' })]);
  expect([...missing]).toEqual([hash]);
  await link.uploadBoard({ reader: inBundle, sha256: hash, name: 'SH010.png' }).done;
  expect(await rig.boards.missing([hash])).toEqual([]);
  expect((await events.next()).value).toMatchObject({ seq: 1, shotName: 'SH job-0001' });
  const refused: unknown = await link.deliver('job-0002').catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'InbetweenError', problem: { code: 'not-found' } });
});

test('a socket as UXP has it fits', () => {
  // Compiles only while the DOM's own socket, which UXP's follows, can be handed in.
  const open = (url: string): LinkSocket => new globalThis.WebSocket(url);
  expect(typeof open).toBe('function');
});
