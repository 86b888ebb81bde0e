/** What a person asks of shots beside their boards: read from a file, laid onto the planned shots. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { withWishes } from '../../../companion-app/daemon/animate/own-wishes';
import { readShotFile } from '../../../companion-app/daemon/animate/shot-file';
import { sha256OfFile } from '../../../companion-app/queue/files';
import { zShot } from '../../../shared/protocol';
import { formatMoves, parseNotes, RATES, type Shot } from '../../../shared/shot';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'inbetween-shots-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const draft = (name: string, frames = 48): Omit<Shot, 'boards'> => ({
  ...{ id: name, name, rate: RATES['24'], dropFrame: false, startFrame: 0, frames },
  ...{ size: { width: 160, height: 90 }, fit: 'fill' as const, notes: 'pan left' },
});
const region = {
  ...{ id: 'arm', name: 'arm', outline: [], from: 0, to: 24, ease: 'linear' },
  path: [{ x: 0, y: 0 }, { x: 0.2, y: 0 }],
}; // prettier-ignore
const written = (content: unknown, name = 'shots.json'): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

test('moves, framing, regions with their masks, burn-ins and twos become the shot’s; * stands for the rest', async () => {
  writeFileSync(path.join(folder, 'arm.png'), 'a mask');
  const framing = [{ frame: 0, center: { x: 0.5, y: 0.5 }, scale: 0.5, roll: 0, ease: 'linear' }];
  const file = written({
    shots: {
      SH010: { moves: 'push in 1.5x from f0 to f24; hold from f24 to f48', regions: [{ ...region, mask: 'arm.png' }] },
      SH020: { moves: [{ kind: 'truck-left' }], framing, onTwos: false },
      '*': { moves: '' },
    },
  });
  const shotFile = await readShotFile(file);
  const hash = await sha256OfFile(path.join(folder, 'arm.png'));
  expect([...shotFile.masks]).toEqual([[hash, path.join(folder, 'arm.png')]]);
  const [a, b, c] = withWishes([draft('SH010'), draft('SH020'), draft('SH030')], { moves: 'tilt up', onTwos: true, shotFile }); // prettier-ignore
  expect(a!.moves!.map(({ kind, from, to, amount, confidence }) => [kind, from, to, amount, confidence])).toEqual([
    ['push-in', 0, 24, 1.5, 1],
    ['hold', 24, 48, 0, 1],
  ]);
  expect(a!.regions).toEqual([{ ...region, mask: hash }]);
  expect(b!.moves).toEqual([
    { kind: 'truck-left', from: 0, to: 48, amount: 0.15, ease: 'ease-in-out', confidence: 1, text: '' },
  ]);
  expect(b!.framing).toEqual(framing);
  expect(c!.moves).toEqual([]);
  expect([a, b, c].map((shot) => shot!.onTwos)).toEqual([true, false, true]);
  const boards = [{ board: hash, at: 0, name: 'a.png' }];
  for (const shot of [a, b, c]) expect(zShot.safeParse({ ...shot, boards }).error).toBeUndefined();
});

test.each([
  ['no JSON', '{', /no shot file/],
  ['a misspelt key', { shots: { SH010: { movs: 'push in' } } }, /movs/],
  ['a kind that is no move', { shots: { SH010: { moves: [{ kind: 'fly' }] } } }, /SH010.moves/],
  ['a framing of no size', { shots: { A: { framing: [{ frame: 0, scale: 0 }] } } }, /framing/],
  ['a region that goes nowhere', { shots: { A: { regions: [{ ...region, path: [] }] } } }, /regions of A/],
  ['a mask that is not there', { shots: { A: { regions: [{ ...region, mask: 'gone.png' }] } } }, /gone\.png/],
  ['seven regions', { shots: { A: { regions: Array.from({ length: 7 }, () => region) } } }, /regions/],
])('refused: %s', async (_what, content, words) => {
  await expect(readShotFile(written(content))).rejects.toThrow(words);
});

test('a shot file that is not there says so', async () => {
  await expect(readShotFile(path.join(folder, 'none.json'))).rejects.toMatchObject({
    problem: { code: 'shot-invalid' },
  });
});

test.each([
  [{ moves: 'she walks to the door' }, /“she walks to the door” is no camera move/],
  [{ moves: 'push in, then wibble the camera' }, /wibble/],
  [{ moves: 'push in from f90 to f99' }, /48 frames/],
  [{ shotFile: { shots: new Map([['SH999', {}]]), masks: new Map() } }, /SH999.*SH010/],
  [{ shotFile: { shots: new Map([['SH010', { moves: [{ kind: 'shake' as const, from: 60 }] }]]), masks: new Map() } }, /from 60/], // prettier-ignore
])('wishes that no shot can have: %j', (wishes, words) => {
  expect(() => withWishes([draft('SH010')], wishes)).toThrow(words);
});

test('the grammar’s own normal form, given back as the artist’s moves, is what it says', () => {
  const notes = ['slow push in, hold 12', 'pan left while tilting up, then shake', 'rack focus to bg', 'dolly zoom 2x'];
  fc.assert(
    fc.property(fc.constantFrom(...notes), fc.integer({ min: 24, max: 200 }), (note, frames) => {
      const { moves } = parseNotes(note, { rate: RATES['24'], frames });
      const [shot] = withWishes([draft('A', frames)], { moves: formatMoves(moves, { rate: RATES['24'] }) });
      const plain = (list: readonly object[]): object[] => list.map((move) => ({ ...move, text: '', confidence: 1 }));
      expect(plain(shot!.moves!)).toEqual(plain(moves));
    }),
  );
});
