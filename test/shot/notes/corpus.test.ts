import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EASES, frameRate, MOVE_KINDS, parseNotes, type CameraMove, type NoteLanguage } from '../../../shared/shot';

/** A labelled move: kind always, the rest where the note states it. */
const zExpected = z.strictObject({
  kind: z.enum(MOVE_KINDS),
  from: z.number().optional(),
  to: z.number().optional(),
  amount: z.number().optional(),
  ease: z.enum(EASES).optional(),
});

const zCorpus = z.strictObject({
  fps: z.number(),
  frames: z.number(),
  notes: z.array(
    z.strictObject({
      note: z.string(),
      language: z.enum(['en', 'fr', 'es', 'de', 'ja']),
      /** The label holds when the artist has set this language. */
      forced: z.boolean().optional(),
      moves: z.array(zExpected),
    }),
  ),
});

type Expected = z.infer<typeof zExpected>;
type Corpus = z.infer<typeof zCorpus>;

const load = (name: string): Corpus =>
  zCorpus.parse(JSON.parse(readFileSync(path.join(__dirname, '../../fixtures/notes', `${name}.json`), 'utf8')));

const development = load('development');
const heldOut = load('held-out');

const LANGUAGES: readonly NoteLanguage[] = ['en', 'fr', 'es', 'de', 'ja'];

/** "Static. Locked off." says one thing: neighbouring statics count as one, in label and reading alike. */
const once = <T extends { readonly kind: string }>(moves: readonly T[]): T[] =>
  moves.filter((move, i) => !(move.kind === 'static' && moves[i - 1]?.kind === 'static'));

function agrees(move: CameraMove, expected: Expected): boolean {
  return (
    move.kind === expected.kind &&
    (expected.from === undefined || (move.from === expected.from && move.to === expected.to)) &&
    (expected.amount === undefined || Math.abs(move.amount - expected.amount) < 1e-3) &&
    (expected.ease === undefined || move.ease === expected.ease)
  );
}

/** The notes read otherwise than labelled: every move, in order, with the timing, amount and ease the note states. */
function misread(corpus: Corpus): string[] {
  return corpus.notes
    .filter(({ note, language, forced, moves }) => {
      const read = parseNotes(note, {
        rate: frameRate(corpus.fps),
        frames: corpus.frames,
        ...(forced === true ? { language } : {}),
      }).moves;
      const [got, want] = [once(read), once(moves)];
      return got.length !== want.length || !want.every((expected, i) => agrees(got[i]!, expected));
    })
    .map(({ note }) => note);
}

describe('labelled notes', () => {
  it('holds at least 400 notes, none in both halves', () => {
    const first = new Set(development.notes.map(({ note }) => note.toLowerCase()));
    expect(development.notes.length + heldOut.notes.length).toBeGreaterThanOrEqual(400);
    expect(heldOut.notes.length).toBeGreaterThanOrEqual(200);
    expect(LANGUAGES.filter((language) => !heldOut.notes.some((labelled) => labelled.language === language))).toEqual(
      [],
    );
    const shared = heldOut.notes.filter(({ note }) => first.has(note.toLowerCase())).length;
    expect(shared / heldOut.notes.length).toBeLessThan(0.1);
  });

  it('reads the development half as labelled', () => {
    const wrong = misread(development);
    expect({ wrong, share: wrong.length / development.notes.length <= 0.02 }).toEqual({ wrong, share: true });
  });

  it('reads the held-out half as well as docs/notes.md says', () => {
    expect(1 - misread(heldOut).length / heldOut.notes.length).toBeGreaterThanOrEqual(0.95);
  });
});
