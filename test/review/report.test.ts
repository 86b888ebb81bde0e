/** The report as a file: what it says, that it holds everything itself, and that text stays text. */
import fc from 'fast-check';
import sharp from 'sharp';
import * as cost from '../../companion-app/review/cost';
import { changesSince, remembered, reportCharts, reportHtml } from '../../companion-app/review/report';
import { loopFrames } from '../../companion-app/review/report/loop';
import { verdict } from '../../companion-app/review/report/view';
import type { Report, ReportShot } from '../../shared/protocol';
import { LANGUAGES } from '../../shared/words';

const PIXEL = 'data:image/jpeg;base64,/9j/';
const shot = (more: Partial<ReportShot> = {}): ReportShot => ({
  key: more.name ?? 'SH010',
  name: 'SH010',
  notes: 'push in',
  moves: ['push in 12 %, f0–47'],
  measured: 'push in (0–47): 11.6 % of 12 %.',
  timecode: '01:00:00:00',
  frames: 48,
  state: 'placed',
  engine: 'parallax',
  provider: 'cpu',
  seed: 7,
  take: 1,
  takes: 2,
  seconds: 4,
  videoSeconds: 2,
  cost: 0.02,
  checks: [{ name: 'frames', ok: true, score: 1, detail: '48 of 48 frames' }],
  warnings: [],
  pictures: [],
  ...more,
});
const report = (shots: ReportShot[], more: Partial<Report> = {}): Report => ({
  title: 'Film',
  made: 'now',
  version: '1',
  machine: 'here',
  rate: '24',
  shots,
  files: [{ name: 'a.mov', about: 'a clip' }],
  charts: [],
  ...more,
});
const failed = shot({
  name: 'SH020',
  state: 'failed',
  seconds: 0,
  checks: [],
  problem: { message: 'The board is empty.', safe: 'Others go on.', action: 'Export it again.' },
});
const flagged = shot({ name: 'SH030', checks: [{ name: 'frozen', ok: false, score: 0, detail: 'Nothing moves.' }] });

test('the verdict counts what was made, flagged and lost, and never flatters', () => {
  expect(verdict(report([shot(), failed, flagged]), 'en')).toBe(
    '2 of 3 shots are animated: 4.0 s of video in 8.0 s of work; 1 take failed a check; SH020 could not be made.',
  );
  const money = { currency: 'EUR', total: 3, usableSeconds: 2, perUsableSecond: 1.5, notes: [] };
  expect(verdict(report([shot()], { money }), 'en')).toMatch(/; a usable second costs €1\.50\.$/);
  // What a person has approved is no longer to be done, but it did fail its check.
  const approved = report([{ ...flagged, verdict: 'approved' }]);
  expect(verdict(approved, 'en')).toContain('1 take failed a check');
  expect(reportHtml(approved)).not.toContain('To do');
});

test('what failed stands open with the one thing to do', () => {
  const html = reportHtml(report([shot(), failed, flagged]));
  const open = html.replace(/<details>.*?<\/details>/gs, '');
  for (const part of ['The board is empty.', 'Others go on.', '<strong>Export it again.</strong>', 'Nothing moves.'])
    expect(open).toContain(part);
  expect(open).not.toContain('48 of 48');
  expect(html).toContain('48 of 48');
});

test('the page holds everything itself: no script, no address outside', async () => {
  const charts = await reportCharts([shot(), shot({ name: 'SH040' })], { currency: 'EUR', days: [] }, 'en');
  expect(charts.map(({ title }) => title)).toEqual(['Seconds of work by shot', 'Cost by shot, EUR']);
  const html = reportHtml(report([shot({ pictures: [PIXEL], loop: PIXEL })], { charts }));
  const outside = [...html.matchAll(/(?:src|srcSet|href)="([^"]*)"/g)].map(([, address = '']) => address);
  expect(outside.length).toBeGreaterThan(4);
  expect(outside.filter((address) => !/^(data:image\/|#shot-\d+$)/.test(address))).toEqual([]);
  expect(html).not.toMatch(/<script|url\(|@import/);
});

test('a picture that moves takes the focus itself, and the name leads to its row', () => {
  const html = reportHtml(report([shot({ pictures: [PIXEL], loop: PIXEL }), shot({ key: 'b', pictures: [PIXEL] })]));
  expect(html.match(/class="strip[^"]*" tabindex="0"/g)).toHaveLength(1);
  expect(html.match(/<a href="#shot-\d">/g)).toHaveLength(2);
});

test('the cost says what it is made of, and where its rows do not add up to it, what the rest is', () => {
  const { CLOUD_PRICES, costReport } = cost;
  const empty = costReport([], { dayOf: () => '', cloud: CLOUD_PRICES });
  const group = { ...empty.all, name: 'SC01', takes: 3, total: 2, usableSeconds: 1, perUsableSecond: 2 };
  const by = {
    scene: [group, { ...group, name: 'مشهد' }],
    engine: [group],
    pack: [],
    reason: [{ ...group, name: 'no reason given' }],
  };
  const money = {
    currency: 'EUR',
    total: 5,
    usableSeconds: 1,
    perUsableSecond: 5,
    notes: [],
    parts: empty.all,
    by,
    cloud: empty.cloud,
  };
  const html = reportHtml(report([shot({ cost: 2 })], { money }), 'de');
  for (const part of [
    '<bdi>SC01</bdi>',
    'kein Grund genannt',
    'Frühere Arbeit, nicht mehr in der Liste',
    '3,00\u00a0€',
    'Runway Gen-4 Turbo',
  ])
    expect(html).toContain(part);
  // One engine alone says nothing that the whole does not.
  expect(html.match(/<table class="numbers">/g)).toHaveLength(4);
  expect(reportHtml(report([shot({ cost: 5 })], { money }), 'de')).not.toContain('Frühere Arbeit');
});

test('names from the right, and very long ones, leave the verdict readable', () => {
  const names = ['مشهد ١', 'x'.repeat(300)].map((name) => ({ ...failed, name }));
  expect(verdict(report(names), 'en')).toContain(`\u2068مشهد ١\u2069, ${'x'.repeat(47)}… could not`);
});

test('lengths are said in the language: of work to the minute, of film to the second', () => {
  const long = report([shot({ videoSeconds: 1168, seconds: 45_600 })]);
  expect(verdict(long, 'en')).toContain('19 min 28 s of video in 12 h 40 min of work');
  expect(verdict(long, 'ja')).toContain('映像19分28秒、処理時間12時間40分');
});

test('charts tell their numbers in words and draw all shots, the many small ones together', async () => {
  const many = Array.from({ length: 40 }, (_, i) => shot({ name: `SH${i}`, seconds: i + 1 }));
  const [time] = await reportCharts(many, undefined, 'de');
  expect(time?.alt).toContain('SH39 40');
  expect(time?.alt).toContain('25 weitere Einstellungen 325');
  const svg = Buffer.from(time!.dark.split(',')[1]!, 'base64').toString();
  expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toContain('SH39');
  const [odd] = await reportCharts([shot({ name: '<A & "B">' })], undefined, 'en');
  for (const chart of [time!, odd!])
    for (const drawing of [chart.light, chart.dark])
      expect((await sharp(Buffer.from(drawing.split(',')[1]!, 'base64')).metadata()).format).toBe('svg');
  expect(await reportCharts([failed], undefined, 'en')).toEqual([]);
});

test('whatever is written in a note stays text', () => {
  const tags = (name: string, notes: string): string[] =>
    reportHtml(report([shot({ name, notes, warnings: [notes] })], { title: name }))
      .match(/<[^>]*>/g)!
      .map((tag) => tag.split(/[ >]/)[0]!);
  const plain = tags('a', 'b');
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, notes) => {
      expect(tags(name, notes)).toEqual(plain);
    }),
    { numRuns: 60 },
  );
  expect(tags('<b>', '<img src=x onerror=alert(1)>')).toEqual(plain);
});

test.each(LANGUAGES)('it is whole in %s, without a shot too', (language) => {
  for (const shots of [[], [shot(), failed, flagged]]) {
    const html = reportHtml(report(shots, { changes: { since: 'then', rows: [] } }), language);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/undefined|NaN|\{\w+[,}]/);
  }
});

describe('what has changed since the last report', () => {
  const since = (before: ReportShot[], now: ReportShot[]): Record<string, string[]> =>
    Object.fromEntries(
      changesSince(remembered({ made: 'then', shots: before }), now).rows.map(({ name, changes }) => [name, changes]),
    );

  test('nothing, when nothing has', () => {
    fc.assert(
      fc.property(fc.subarray([shot(), failed, flagged]), (shots) => {
        expect(since(shots, shots)).toEqual({});
      }),
    );
  });

  test('what has come into the cut, has left it, and was taken back', () => {
    const was = (name: string, more: Partial<ReportShot>) => shot({ name, ...more });
    expect(
      since(
        [
          was('A', { inCut: true, verdict: 'approved' }),
          was('B', { inCut: false }),
          was('C', {}),
          was('D', { verdict: 'approved' }),
          was('E', { state: 'waiting' }),
          was('F', {}),
        ],
        [
          was('A', { inCut: false, verdict: 'approved' }),
          was('B', { inCut: true }),
          was('C', { inCut: false }),
          was('D', {}),
          was('E', { state: 'cancelled' }),
          was('F', { inCut: true }),
        ],
      ),
    ).toEqual({ A: ['uncut'], B: ['cut'], D: ['undecided'], E: ['cancelled'], F: ['cut'] });
  });

  test('many that changed alike share a line', () => {
    const many = Array.from({ length: 40 }, (_, i) => shot({ key: `${i}`, name: `N${i}` }));
    const changes = changesSince(remembered({ made: 'then', shots: [] }), [...many, failed]);
    const list = /<ul class="changes">(.*?)<\/ul>/s.exec(reportHtml(report(many, { changes })))?.[1] ?? '';
    expect(list.match(/<li>/g)).toHaveLength(2);
    expect(list).toContain('N5 and 34 more');
    expect(list).toContain('SH020');
  });

  test('each thing by its name', () => {
    const waiting = shot({ name: 'SH040', state: 'waiting', takes: 0, take: 0 });
    expect(
      since(
        [shot(), failed, flagged, waiting, shot({ name: 'SH050' })],
        [
          shot({ verdict: 'approved' }),
          shot({ name: 'SH020' }),
          { ...flagged, checks: [], takes: 3 },
          { ...waiting, state: 'failed' },
          shot({ name: 'SH060' }),
        ],
      ),
    ).toEqual({
      SH010: ['approved'],
      SH020: ['made'],
      SH030: ['take', 'mended'],
      SH040: ['failed'],
      SH060: ['new'],
      SH050: ['gone'],
    });
  });
});

test('a loop shows frames of the clip, evenly, each once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (frames) => {
      const shown = loopFrames(frames);
      expect(new Set(shown).size).toBe(shown.length);
      expect(Math.min(...shown)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...shown)).toBeLessThan(frames);
      expect(shown).toHaveLength(Math.min(12, frames));
    }),
  );
});
