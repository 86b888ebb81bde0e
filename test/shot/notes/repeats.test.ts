/** Moves that are made several times, or there and back. */
import fc from 'fast-check';
import { formatMoves, parseNotes, RATES, type CameraMove } from '../../../shared/shot';

const read = (text: string, frames = 96): readonly CameraMove[] =>
  parseNotes(text, { rate: RATES['24'], frames }).moves;
const kinds = (text: string): string => read(text).map(({ kind }) => kind).join(' '); // prettier-ignore
const times = (kind: string, count: number): string => Array<string>(count).fill(kind).join(' ');

test.each([
  ['Pan back and forth between the two speakers', 'pan-right pan-left'],
  ['pan back and forth x3', times('pan-right pan-left', 3)],
  ['Tilt up and down 3 times', times('tilt-up tilt-down', 3)],
  ['pan left and right x2', times('pan-left pan-right', 2)],
  ['truck L / R / L', 'truck-left truck-right truck-left'],
  ['Push in twice', times('push-in', 2)],
  ['Camera shakes x3 with each footstep', times('shake', 3)],
  ['cam shake 3x', times('shake', 3)],
  ['whip pan R x2', times('whip-pan-right', 2)],
  ['zoom in and out twice, hold 12', `${times('zoom-in zoom-out', 2)} hold`],
  ['Panoramique aller-retour', 'pan-right pan-left'],
  ['zoom avant trois fois', times('zoom-in', 3)],
  ['Zoom in dos veces', times('zoom-in', 2)],
  ['Schwenk hin und her', 'pan-right pan-left'],
  ['Kamera wackelt dreimal', times('shake', 3)],
  ['カメラ揺れ 3回', times('shake', 3)],
])('%s', (text, wanted) => {
  expect(kinds(text)).toBe(wanted);
});

test.each([
  ['zoom in x2', 'zoom-in', 2],
  ['zoom in 2x', 'zoom-in', 2],
  ['push in 2 times closer', 'push-in', 2],
])('a size is none: %s', (text, kind, amount) => {
  expect(read(text)).toEqual([expect.objectContaining({ kind, amount })]);
});

test.each([
  ['hold 12x', 'hold'],
  ['hold x3', 'hold'],
  ['Push in. He knocks three times.', 'push-in'],
  ['push in as she looks back and forth', 'push-in'],
  ['He paces back and forth', ''],
  ['"Twice!" he says', ''],
])('what is repeated is not the camera: %s', (text, wanted) => {
  expect(kinds(text)).toBe(wanted);
});

test('the time that is named is shared by all; a whip takes its own each time', () => {
  const ranges = (text: string): number[][] => read(text).map(({ from, to }) => [from, to]);
  expect(ranges('pan back and forth twice over 2s')).toEqual([
    [0, 12],
    [12, 24],
    [24, 36],
    [36, 48],
  ]);
  expect(ranges('whip pan R x2')).toEqual([
    [0, 8],
    [8, 16],
  ]);
  expect(ranges('pan back and forth while zooming in')).toEqual([
    [0, 48],
    [0, 96],
    [48, 96],
  ]);
});

test('moves stay in order and in the shot, and their normal form reads the same', () => {
  const phrase = fc.constantFrom('twice', 'x3', '12 times', 'back and forth', 'back and forth x4', '');
  const camera = fc.constantFrom('pan left', 'shake', 'push in', 'whip pan right', 'tilt up and down', 'handheld');
  const note = fc.array(fc.tuple(camera, phrase), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(note, fc.integer({ min: 1, max: 200 }), (clauses, frames) => {
      const moves = read(clauses.map((clause) => clause.join(' ')).join(', then '), frames);
      for (const [i, { from, to }] of moves.entries()) {
        expect(from).toBeGreaterThanOrEqual(moves[i - 1]?.from ?? 0);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(frames);
      }
      const again = read(formatMoves(moves, { rate: RATES['24'] }), frames);
      const plain = (list: readonly CameraMove[]) => list.map(({ kind, from, to, amount }) => [kind, from, to, amount]);
      expect(plain(again)).toEqual(plain(moves));
    }),
  );
});
