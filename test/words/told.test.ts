/** What the companion says in English is said in every language of the pages: problems by code and by sentence, and what checks found. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { containerChecks } from '../../companion-app/review/container-checks';
import { nightHolds, UNKNOWN } from '../../companion-app/daemon/night/holds';
import { roomProblem } from '../../companion-app/daemon/night/needs';
import type { ClipFacts } from '../../companion-app/media';
import { wallClock } from '../../companion-app/queue';
import { ERROR_CODES, problem } from '../../shared/problem';
import { DEFAULT_SETTINGS } from '../../shared/protocol';
import {
  checkDetail,
  checkName,
  LANGUAGES,
  problemLine,
  readingTold,
  sayProblem,
  sayReason,
  sayTold,
} from '../../shared/words';

const root = path.resolve(__dirname, '../..');

/** Folders whose problems are shown by pages and panel; those of the command line stay English. */
const SHOWN = [
  'companion-app/daemon/pages',
  'companion-app/daemon/night',
  'companion-app/gateway/api',
  'companion-app/queue/plan',
  'companion-app/queue/runner',
  'companion-app/render',
  'companion-app/engines',
  'companion-app/inference/packs',
  'companion-app/media',
  'companion-app/ui',
  'plugin/link',
];

interface Found {
  readonly where: string;
  readonly text: string;
}

/** Every `safe` and `action` that is written down beside a message; values stand as "7". */
function written(folder: string): Found[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const where = path.join(folder, file);
      const source = ts.createSourceFile(
        where,
        readFileSync(path.join(root, where), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      return sentencesIn(source).map((text) => ({ where, text }));
    });
}

function sentencesIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const parts = node.properties.filter(ts.isPropertyAssignment);
      const named = (name: string) => parts.find((part) => part.name.getText() === name)?.initializer;
      const told = node.properties.some((part) => part.name?.getText() === 'message');
      if (told) for (const name of ['safe', 'action']) found.push(...texts(named(name)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function texts(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return node.text === '' ? [] : [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join('')];
  return [];
}

const sentences = [
  ...SHOWN.flatMap(written),
  ...written('plugin/premiere').filter(({ where }) => where.endsWith('new-sequence-problems.ts')),
];

/** What readers of storyboards remark: the first argument of every `….add(…)` and, of one board, `warn(…)`. */
function remarked(folder: string): string[] {
  const found: string[] = [];
  for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(path.join(root, folder, file), 'utf8');
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const callee = node.expression.getText();
        if (/(?:warnings|heard)\.add$/.test(callee)) found.push(...texts(node.arguments[0]));
        if (callee === 'warn') found.push(...texts(node.arguments[0]).map((part) => `Board 7: ${part}.`));
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  // These two only lay one remark into another.
  return found
    .filter((remark) => remark !== '7: 7' && remark !== 'Board 7: 7.')
    .map((remark) => remark.replace('read as 7.', 'read as frames.'));
}

test('everything remarked while a storyboard is read is said in the other languages', () => {
  const remarks = remarked('companion-app/interchange/in');
  expect(remarks.length).toBeGreaterThan(35);
  for (const language of LANGUAGES.filter((each) => each !== 'en'))
    expect(remarks.filter((remark) => readingTold(language, remark) === remark)).toEqual([]);
  expect(readingTold('de', 'SC 1: Row 3: "soon" is no length; the usual one was taken.')).toBe(
    'SC 1: Zeile 3: „soon“ ist keine Länge; die übliche wurde genommen.',
  );
  expect(
    readingTold('fr', 'a.png is a sheet of 6 framed panels; each became a board, but for 1 empty at its end.'),
  ).toBe('a.png est une planche de 6 cases ; chacune est devenue un dessin (vides à la fin : 1).');
});

test('there are sentences to look at', () => expect(sentences.length).toBeGreaterThan(80));

test('everything that is safe and everything to do is said in the other languages', () => {
  const unsaid = sentences.filter(({ text }) => sayTold('ja', text) === text);
  expect(unsaid).toEqual([]);
});

test.each(ERROR_CODES)('a problem of code %s says what happened and what to do in every language', (code) => {
  for (const language of LANGUAGES) {
    const said = sayProblem(language, problem({ code, message: 'xyzzy happened.', action: 'Do xyzzy.' }));
    expect(said.what).not.toBe('');
    expect(said.action).not.toBe('');
    if (language !== 'en') expect(`${said.what} ${said.action}`).not.toContain('xyzzy');
  }
});

test('what is said of a problem keeps its values, and its own words where it was not known', () => {
  const known = problem({ code: 'board-missing', message: 'The board s1/b.png is not there any more.' });
  expect(sayProblem('fr', known)).toMatchObject({ what: 'La case s1/b.png n’est plus là.', original: null });
  const unknown = problem({ code: 'board-missing', message: 'A raven took the board.' });
  expect(sayProblem('fr', unknown)).toMatchObject({
    what: 'Une case de ce plan manque.',
    original: 'A raven took the board.',
  });
  expect(sayProblem('en', unknown).what).toBe('A raven took the board.');
  const name = problem({ code: 'board-missing', message: 'The board {odd} <b>’quoted’ is not there any more.' });
  expect(sayProblem('de', name).what).toBe('Das Board {odd} <b>’quoted’ ist nicht mehr da.');
});

test('a reason within a problem is said too', () => {
  const lost = 'The render process was lost: it was ended by SIGKILL. It had run out of memory.';
  const aside = problem({
    code: 'too-many-attempts',
    message: `This shot was set aside after 3 attempts were lost. The last one: ${lost}`,
  });
  expect(sayProblem('de', aside).what).toBe(
    'Diese Einstellung wurde nach 3 verlorenen Versuchen zurückgestellt. Der letzte: Der Renderprozess ging verloren: Er wurde durch SIGKILL beendet. Ihm war der Speicher ausgegangen.',
  );
});

test('everything that holds the night back is said', () => {
  const night = {
    ...DEFAULT_SETTINGS.night,
    window: { from: '01:00', to: '01:01' },
    pauseOnBattery: true,
    pauseAboveCelsius: 60,
    pauseWhileInUseMinutes: 5,
  };
  const reading = { ...UNKNOWN, onBattery: true, celsius: 91, idleSeconds: 3, freeDisk: 5e6, freeMemory: 5e6 };
  const work = [{ count: 2, engine: 'parallax', pixels: 2e6, frames: 48, boards: 1, quality: 'full' }];
  const holds = nightHolds(night, reading, new Date(2026, 0, 5, 12).getTime(), wallClock(), work);
  expect(holds.map(({ kind }) => kind)).toEqual(['window', 'battery', 'in-use', 'hot', 'disk', 'memory']);
  const told = [...holds.map((hold) => hold.problem), roomProblem(work, 5e6)].flatMap((each) => each ?? []);
  expect(told).toHaveLength(7);
  for (const each of told) {
    expect(sayProblem('es', each).original).toBeNull();
    expect(problemLine('es', each)).not.toContain(each.action);
  }
});

test('what checks found is said with its numbers as the language writes them', () => {
  expect(
    checkDetail(
      'de',
      'push-in (frames 0–23): asked 1.20× larger, measured 1.01× larger, 4.0 % of the width up, too little.',
    ),
  ).toBe(
    'Ranfahrt (Bilder 0–23): verlangt 1,20-fach größer, gemessen 1,01-fach größer, 4,0 % der Breite nach oben, zu wenig.',
  );
  expect(
    checkDetail(
      'fr',
      'hold (frames 0–9): the picture moves by up to 3.1 % of its width where it should stand still. the drawn frames (frames 9–12): asked no motion, measured no motion, astray.',
    ),
  ).toBe(
    'Tenue (images 0–9) : l’image bouge de 3,1 % de sa largeur au plus alors qu’elle devrait rester fixe. les cadres dessinés (images 9–12) : demandé aucun mouvement, mesuré aucun mouvement, à côté.',
  );
  expect(checkDetail('ja', 'It dances.')).toBe('It dances.');
});

test('every check of a clip has a name and a finding in every language', () => {
  const clip: ClipFacts = {
    ...{ pixelFormat: 'yuv420p', seconds: 1, hasAudio: false, title: null, making: null },
    codec: 'h264',
    profile: 'High',
    frames: 23,
    size: { width: 8, height: 6 },
    rate: { num: 25, den: 1 },
    color: { primaries: 'x', transfer: 'y', matrix: 'z', range: 'tv' },
  };
  const checks = containerChecks(clip, {
    frames: 24,
    size: { width: 16, height: 8 },
    rate: { num: 24, den: 1 },
    codec: 'prores-proxy',
  });
  expect(checks.length).toBeGreaterThan(4);
  for (const { name, detail } of checks) {
    expect(checkName('ja', name)).not.toBe(name);
    expect(checkDetail('ja', detail)).not.toBe(detail);
  }
});

test('every check that is made is in the catalogue of names', () => {
  const folder = path.join(root, 'companion-app/review');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\b(?:scored|fact)\(\s*'([^']+)'/g)])
    .map(([, name]) => name ?? '');
  expect(new Set(names).size).toBeGreaterThan(13);
  for (const name of names) expect(checkName('fr', name) === name && name !== 'codec').toBe(false);
});

test('a reason is said with the own words that follow it, and own words alone stay', () => {
  expect(sayReason('de', 'wrong move: zu schnell')).toBe('falsche Bewegung: zu schnell');
  expect(sayReason('fr', 'flickers')).toBe('scintille');
  expect(sayReason('fr', 'trop: lent')).toBe('trop: lent');
  expect(sayReason('fr', '')).toBe('');
});
