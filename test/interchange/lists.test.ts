/** The shot list and the Avid log: a row for what there is, in forms that their readers take. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readCells } from '../../companion-app/interchange/in/table/cells';
import { edlParts, writeAle, writeEdl, writeOtio, writeShotList } from '../../companion-app/interchange/out';
import type { Timeline, TimelineClip } from '../../companion-app/interchange/timeline';
import { RATES } from '../../shared/shot';

const clip = (name: string, start: number, file: string, more: Partial<TimelineClip> = {}): TimelineClip => ({
  name,
  start,
  frames: 48,
  sourceIn: 0,
  media: { path: file, kind: file.endsWith('.png') ? 'still' : 'movie', frames: 48 },
  takes: [],
  markers: [],
  enabled: true,
  facts: {},
  ...more,
});

const movie = (path: string) => ({ path, kind: 'movie' as const, frames: 48 });
const cut: Timeline = {
  name: 'cut',
  rate: RATES['29.97'],
  dropFrame: true,
  size: { width: 1920, height: 1080 },
  startFrame: 107_892,
  tracks: [
    { name: 'V1', kind: 'video', clips: [clip('SH010_A', 0, '/b/A.png'), clip('SH010_B', 48, '/b/B.png')] },
    {
      name: 'V2',
      kind: 'video',
      clips: [
        clip('SH010', 0, '/t/SH010_t02.mov', {
          frames: 96,
          takes: [
            { name: 'take 1', media: movie('/t/SH010_t01.mov') },
            { name: 'take 2', media: movie('/t/SH010_t02.mov') },
          ],
          markers: [{ frame: 0, frames: 96, name: 'SH010', comment: 'slow push in,\nthen "hold"' }],
          facts: { seed: 7, engine: 'parallax' },
        }),
        clip('=HYPERLINK("x")', 96, '/t/tab\there.mov', { enabled: false }),
      ],
    },
  ],
  markers: [],
};

test('the shot list has a row a shot with its place, words, boards and takes', () => {
  const { data, errors } = Papa.parse<Record<string, string>>(writeShotList(cut, 'V2').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({
    shot: 'SH010',
    start: '01:00:00;00',
    end: '01:00:03;06',
    frames: '96',
    seconds: '3.203',
    notes: 'slow push in,\nthen "hold"',
    boards: 'A.png; B.png',
    takes: 'take 1: SH010_t01.mov; take 2: SH010_t02.mov',
    seed: '7',
  });
});

test('whatever it holds, nothing in the shot list is a formula, and our reader gives back what was written', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shot-list-'));
  const file = path.join(folder, 'shots.csv');
  const wild = fc
    .tuple(
      fc.constantFrom('', '=', '+', '-', '@', "'", "'=", "''=", '＝', ';', ',', '"'),
      fc.string({ unit: 'grapheme' }),
    )
    .map(([head, rest]) => `${head}${rest}`.replace(/\s+/g, ' ').trim() || 'x');
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(wild, wild), { minLength: 1, maxLength: 4 }), async (rows) => {
        const clips = rows.map(([name, note], n) =>
          clip(name, n * 48, '/t/a.mov', {
            markers: [{ frame: 0, frames: 0, name: '', comment: note }],
            takes: [
              { name: note, media: movie('/t/a.mov') },
              { name, media: movie('/t/b.mov') },
            ],
          }),
        );
        const text = writeShotList({ ...cut, tracks: [{ name: 'V2', kind: 'video', clips }] }, 'V2');
        writeFileSync(file, text);
        const plain = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data;
        for (const cell of plain.flat()) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/);
        const [heading = [], ...read] = (await readCells(file)).filter((row) => row.some((cell) => cell !== ''));
        const column = (name: string): string[] => read.map((row) => row[heading.indexOf(name)] ?? '');
        expect([column('shot'), column('notes'), column('frames')]).toEqual([
          rows.map(([name]) => name),
          rows.map(([, note]) => note),
          rows.map(() => '48'),
        ]);
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a track of more clips than a list has numbers for is written as several, each in the one cut’s time', () => {
  const clips = Array.from({ length: 1000 }, (_, n) => clip(`SH${n}`, n * 48, `/t/${n}.mov`));
  const long: Timeline = { ...cut, tracks: [{ name: 'V2', kind: 'video', clips }] };
  expect([edlParts(cut, 'V2'), edlParts(cut, 'none'), edlParts(long, 'V2')]).toEqual([1, 1, 2]);
  const second = writeEdl(long, 'V2', 2);
  expect(second.match(/^\d{3} .*$/gm)).toEqual([expect.stringMatching(/^001 .* 01:26:40;00 01:26:41;18$/)]);
});

test('two takes of one name are both in the OTIO', () => {
  const same = [1, 2].map((n) => ({ name: 'take', media: movie(`/t/${n}.mov`) }));
  const clips = [clip('SH010', 0, '/t/2.mov', { takes: same })];
  const text = writeOtio({ ...cut, tracks: [{ name: 'V2', kind: 'video', clips }] });
  expect(JSON.parse(text)).toMatchObject({
    tracks: {
      children: [
        {
          children: [
            {
              media_references: {
                take: { target_url: 'file:///t/1.mov' },
                'take (2)': { target_url: 'file:///t/2.mov' },
              },
              active_media_reference_key: 'take (2)',
            },
          ],
        },
      ],
    },
  });
});

test('the Avid log has its three sections, a row a take, as many cells as columns', () => {
  const lines = writeAle(cut, 'V2').split('\r\n');
  expect(lines[0]).toBe('Heading');
  expect(lines).toContain('FIELD_DELIM\tTABS');
  expect(lines).toContain('FPS\t29.97');
  const columns = lines[lines.indexOf('Column') + 1]!.split('\t');
  const rows = lines
    .slice(lines.indexOf('Data') + 1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  for (const row of rows) expect(row).toHaveLength(columns.length);
  const column = (name: string): string[] => rows.map((row) => row[columns.indexOf(name)]!);
  expect(column('Source File')).toEqual(['SH010_t01.mov', 'SH010_t02.mov', 'tab here.mov']);
  expect(column('Used')).toEqual(['', 'yes', 'yes']);
  expect(column('End')[1]).toBe('00:00:03;06');
});
