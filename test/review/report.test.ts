import fc from 'fast-check';
import { verdict, type ReportData, type ReportShot } from '../../companion-app/review/report/data';
import { reportHtml } from '../../companion-app/review/report/html';

const shot = (more: Partial<ReportShot> = {}): ReportShot => ({
  name: 'SH010',
  notes: 'push in',
  moves: ['push in 12 %, f0–47'],
  timecode: '01:00:00:00',
  frames: 48,
  state: 'placed',
  engine: 'parallax',
  provider: 'cpu',
  seed: 7,
  take: 1,
  seconds: 4,
  videoSeconds: 2,
  checks: [{ name: 'frames', ok: true, score: 1, detail: '48 of 48 frames' }],
  warnings: [],
  pictures: [],
  ...more,
});
const report = (shots: ReportShot[]): ReportData => ({
  title: 'Film',
  made: 'now',
  version: '1',
  machine: 'here',
  rate: '24',
  shots,
  files: [{ name: 'a.mov', about: 'a clip' }],
});

test('the verdict counts what was made, flagged and lost, and never flatters', () => {
  const failed = shot({
    name: 'SH020',
    state: 'failed',
    seconds: 0,
    problem: { message: 'The board is empty.', safe: 'Others go on.', action: 'Export it again.' },
  });
  const flagged = shot({ name: 'SH030', checks: [{ name: 'frozen', ok: false, score: 0, detail: 'Nothing moves.' }] });
  expect(verdict(report([shot(), failed, flagged]))).toBe(
    '2 of 3 shots are animated: 4.0 s of video in 8.0 s of work; 1 take failed a check; SH020 could not be made.',
  );
  const html = reportHtml(report([shot(), failed, flagged]));
  expect(html).toContain('The board is empty. Others go on. Export it again.');
  // A failed check stands open, outside the folded ones.
  expect(html.replace(/<details>.*?<\/details>/gs, '')).toContain('Nothing moves.');
  expect(html.replace(/<details>.*?<\/details>/gs, '')).not.toContain('48 of 48');
});

test('the page holds everything itself: no script, no address outside', () => {
  const html = reportHtml(report([shot({ pictures: [new Uint8Array([0xff, 0xd8, 0xff])] })]));
  expect(html).not.toMatch(/<script|https?:|src="(?!data:)/);
  expect(html).toContain('src="data:image/jpeg;base64,/9j/"');
});

test('whatever is written in a note stays text', () => {
  const tags = (name: string, notes: string): string[] =>
    reportHtml(report([shot({ name, notes, warnings: [notes] })]))
      .match(/<[^>]*>/g)!
      .map((tag) => tag.split(/[ >]/)[0]!);
  const plain = tags('a', 'b');
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, notes) => {
      expect(tags(name, notes)).toEqual(plain);
    }),
  );
  expect(tags('<b>', '<img src=x onerror=alert(1)>')).toEqual(plain);
});
