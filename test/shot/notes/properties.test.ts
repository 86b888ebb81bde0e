import * as fc from 'fast-check';
import { formatMoves, parseNotes, type CameraMove, type ParsedNotes } from '../../../shared/shot';
import { AMOUNT_UNIT, EASES, MOVE_KINDS } from '../../../shared/shot';

const rate = { num: 24, den: 1 };

/** Words and marks of real notes, thrown together: far more telling than random letters. */
const WORDS = [
  'push',
  'in',
  'out',
  'pull',
  'back',
  'pan',
  'left',
  'right',
  'tilt',
  'up',
  'down',
  'zoom',
  'truck',
  'dolly',
  'T.I.',
  'TU',
  'hold',
  'static',
  'whip',
  'crane',
  'orbit',
  'clockwise',
  'roll',
  'handheld',
  'shake',
  'rack',
  'focus',
  'from',
  'to',
  'on',
  'Anna',
  'the',
  'door',
  'and',
  'then',
  ',',
  '->',
  '→',
  ';',
  '.',
  '\n',
  'while',
  'as',
  'with',
  'over',
  'for',
  '2s',
  '12',
  'frames',
  '12f',
  'f12',
  'f30',
  '-',
  '50%',
  '120%',
  '2x',
  '30°',
  'half',
  'a',
  'second',
  'last',
  'first',
  'third',
  '00:00:01:05',
  '1:12',
  'slow',
  'fast',
  'ease',
  'smooth',
  'WS',
  'CU',
  'start',
  'end',
  'no',
  "don't",
  'maybe',
  '?',
  'he',
  'she',
  'camera',
  '"',
  '“',
  '”',
  'ANNA:',
  '(',
  ')',
  '/',
  '+',
  '&',
  'before',
  'after',
  'or',
  'instead of',
  'halfway',
  'beat',
  'travelling',
  'avant',
  'panoramique',
  'gauche',
  'puis',
  'paneo',
  'a la derecha',
  'Schwenk',
  'nach links',
  'ズームイン',
  'パン',
  '右へ',
  'T.B.',
  'ゆっくり',
  '「',
  '」',
  'ＰＡＮ',
  "'",
  'x',
  '1/2',
  '½',
  'frame',
  'widen',
  'follow',
  'drift',
] as const;

const note = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' '));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  note,
);
const length = fc.oneof(fc.constantFrom(0, 1, 2, 3, 96), fc.integer({ min: 0, max: 36_000 }));

const read = (text: string, frames = 96): ParsedNotes => parseNotes(text, { rate, frames });
const essence = (moves: readonly CameraMove[]): unknown[] =>
  moves.map(({ kind, from, to, amount, ease, subject }) => ({ kind, from, to, amount, ease, subject }));

describe('parseNotes on any text', () => {
  it('keeps every move inside the shot and every number sane', () => {
    fc.assert(
      fc.property(anyText, length, (text, frames) => {
        for (const move of read(text, frames).moves) {
          expect(Number.isInteger(move.from) && Number.isInteger(move.to)).toBe(true);
          expect(move.from).toBeGreaterThanOrEqual(0);
          expect(move.to).toBeLessThanOrEqual(frames);
          if (frames > 0) expect(move.from).toBeLessThan(move.to);
          expect(move.confidence).toBeGreaterThan(0);
          expect(move.confidence).toBeLessThanOrEqual(1);
          expect(Number.isFinite(move.amount) && Math.abs(move.amount) <= 3600).toBe(true);
          if (AMOUNT_UNIT[move.kind] === 'scale') expect(move.amount).toBeGreaterThanOrEqual(1);
          expect(text).toContain(move.text);
          expect(move.text).not.toBe('');
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('covers the text with spans, without gaps or overlaps', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { spans, moves } = read(text);
        let at = 0;
        for (const span of spans) {
          expect(span.start).toBe(at);
          expect(span.end).toBeGreaterThan(span.start);
          if (span.move !== undefined) expect(moves[span.move]).toBeDefined();
          at = span.end;
        }
        expect(at).toBe(text.length);
      }),
      { numRuns: 1500 },
    );
  });

  it('gives the same answer twice', () => {
    fc.assert(fc.property(anyText, (text) => expect(read(text)).toEqual(read(text))));
  });

  it('does not care for capitals', () => {
    fc.assert(
      fc.property(note, (text) => {
        expect(essence(read(text.toUpperCase()).moves).map(lower)).toEqual(
          essence(read(text.toLowerCase()).moves).map(lower),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('reads its own canonical text back to the same moves', () => {
    fc.assert(
      fc.property(note, length, (text, frames) => {
        const { moves } = read(text, frames);
        const canonical = formatMoves(moves, { rate });
        const again = read(canonical, frames).moves;
        expect({ canonical, moves: essence(again) }).toEqual({ canonical, moves: essence(moves) });
        expect(formatMoves(again, { rate })).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back moves that no note ever said', () => {
    const move = fc
      .record({
        kind: fc.constantFrom(...MOVE_KINDS),
        from: fc.integer({ min: 0, max: 900 }),
        span: fc.integer({ min: 1, max: 99 }),
        size: fc.integer({ min: 1, max: 30_000 }),
        ease: fc.constantFrom(...EASES),
        subject: fc.option(fc.constantFrom('Anna', 'red car', 'Élodie', 'Dr Brown'), { nil: undefined }),
      })
      .map(({ kind, from, span, size, ease, subject }): CameraMove => {
        const amounts = {
          scale: 1 + size / 10_000,
          degrees: size / 100,
          widths: size / 10_000,
          heights: size / 10_000,
          strength: size / 30_000,
          focus: size % 2 ? 1 : -1,
          none: 0,
        };
        const amount = Number(amounts[AMOUNT_UNIT[kind]].toFixed(4));
        return {
          kind,
          from,
          to: from + span,
          amount,
          ease,
          confidence: 1,
          text: '',
          ...(subject === undefined ? {} : { subject }),
        };
      });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 6 }), (made) => {
        const moves = [...made].sort((a, b) => a.from - b.from);
        expect(essence(read(formatMoves(moves, { rate }), 1000).moves)).toEqual(essence(moves));
      }),
      { numRuns: 1000 },
    );
  });
});

function lower(move: unknown): unknown {
  return JSON.parse(JSON.stringify(move).toLowerCase());
}
