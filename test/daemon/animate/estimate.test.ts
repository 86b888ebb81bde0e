/** What a run will cost, said before it begins; what it came to, after; and whether its clips say PREVIS: the command line over real files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { zBatchEstimate, zCostReport } from '../../../shared/protocol';
import { locateFfmpeg } from '../../../companion-app/media';

jest.setTimeout(180_000);

const entry = path.resolve(__dirname, '../../../dist/inbetween.cjs');
const folder = mkdtempSync(path.join(tmpdir(), 'inbetween-estimate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zPieces = z.object({ energy: z.number(), machine: z.number(), review: z.number(), total: z.number() });
const zResult = z.object({
  estimate: zBatchEstimate,
  cost: zPieces.extend({
    workSeconds: z.number(),
    usableSeconds: z.number(),
    perUsableSecond: z.number().nullable(),
    perMadeSecond: z.number(),
    expectedAndActual: zCostReport.shape.estimates,
  }),
  shots: z.array(z.object({ name: z.string(), file: z.string(), cost: zPieces })),
});

function inbetween(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, INBETWEEN_DATA: path.join(folder, 'data') };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [entry, 'animate', path.join(folder, 'boards'), ...args],
    {
      env,
      encoding: 'utf8',
    },
  );
  return { code: status, stdout, stderr };
}

const wish = ['--size', '160x90', '--frames', '12', '--notes', 'push in', '--engine', 'parallax', '--provider', 'cpu'];
const resultIn = (out: string) =>
  zResult.parse(JSON.parse(readFileSync(path.join(folder, out, 'result.json'), 'utf8')));
const firstFrame = async (file: string): Promise<Buffer> =>
  execFileSync((await locateFfmpeg()).ffmpeg, [
    '-v',
    'error',
    '-i',
    file,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
    '-',
  ]);

beforeAll(async () => {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run "npm run build" first.');
  mkdirSync(path.join(folder, 'boards'));
  for (const name of ['SH010', 'SH020'])
    await sharp({ create: { width: 320, height: 180, channels: 3, background: '#fff' } })
      .composite([
        {
          input: Buffer.from(
            '<svg width="120" height="120"><circle cx="60" cy="60" r="50" fill="none" stroke="#000" stroke-width="6"/></svg>',
          ),
          left: 90,
          top: 30,
        },
      ])
      .png()
      .toFile(path.join(folder, 'boards', `${name}.png`));
});

test('before, after, and the difference explained; PREVIS by the command’s own switch', async () => {
  const before = inbetween(...wish, '--estimate', '--json', '--out', path.join(folder, 'none'));
  expect(before.code).toBe(0);
  expect(zBatchEstimate.parse(JSON.parse(before.stdout))).toMatchObject({
    jobs: 2,
    unknown: 2,
    seconds: null,
    money: null,
  });
  expect(existsSync(path.join(folder, 'none'))).toBe(false);

  const marked = inbetween(...wish, '--previs', '--out', path.join(folder, 'marked'));
  expect([marked.code, marked.stderr]).toEqual([0, expect.stringContaining('Estimate for 2 shots: none yet')]);
  expect(marked.stdout).toContain('Cost: ');

  const plain = inbetween(...wish, '--no-previs', '--out', path.join(folder, 'plain'));
  expect(plain.code).toBe(0);
  expect(plain.stderr).toMatch(/Estimate for 2 shots: about \d+ s \(\d+ s–\d+ s\), [\d.]+ Wh, [\d.]+ EUR/);
  const [a, b] = [resultIn('marked'), resultIn('plain')];
  for (const { cost, shots } of [a, b]) {
    expect(cost.energy + cost.machine + cost.review).toBeCloseTo(cost.total, 9);
    expect(shots.reduce((sum, shot) => sum + shot.cost.total, 0)).toBeCloseTo(cost.total, 9);
    expect(cost).toMatchObject({ usableSeconds: 0, perUsableSecond: null });
    expect(cost.perMadeSecond).toBeCloseTo(cost.total, 9);
    expect(cost.workSeconds).toBeGreaterThan(0);
  }
  expect(a.cost.expectedAndActual.takes).toBe(0);
  const { takes, expected, actual, because } = b.cost.expectedAndActual;
  expect(takes).toBe(2);
  expect(actual).toBeGreaterThan(0);
  expect(because.moreAttempts + because.longerOrShorter + because.power).toBeCloseTo(actual - expected, 9);
  expect(b.estimate).toMatchObject({ jobs: 2, unknown: 0, assumed: true });
  for (const [i, { file }] of a.shots.entries())
    expect((await firstFrame(file)).equals(await firstFrame(b.shots[i]?.file ?? ''))).toBe(false);
  expect(readdirSync(path.join(folder, 'data'))).toContain('animate-timings.json');
});
