import sharp from 'sharp';
import type { ClipFacts, Picture } from '../../companion-app/media';
import { checkTake, unusable, type Check, type Ordered, type Sample } from '../../companion-app/review';
import { RATES, type CameraMove, type MoveKind, type Shot } from '../../shared/shot';
import { flat } from '../media/pictures';

const size = { width: 320, height: 180 };
const ordered: Ordered = { frames: 24, size, rate: RATES['23.976'], codec: 'prores-proxy' };
const clip: ClipFacts = {
  codec: 'prores',
  profile: 'Proxy',
  pixelFormat: 'yuv422p10le',
  size,
  rate: RATES['23.976'],
  frames: 24,
  seconds: 1.001,
  color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
  hasAudio: false,
  title: null,
  making: null,
};

function move(kind: MoveKind, amount: number): CameraMove {
  return { kind, from: 0, to: 24, amount, ease: 'linear', confidence: 1, text: '' };
}

function shotWith(moves: readonly CameraMove[], more: Partial<Shot> = {}): Shot {
  return {
    id: '1',
    name: 'SH1',
    rate: ordered.rate,
    dropFrame: false,
    startFrame: 0,
    frames: 24,
    size,
    fit: 'letterbox',
    boards: [],
    notes: '',
    moves,
    ...more,
  };
}

/** A drawing, optionally closer, darker, or another one altogether. */
async function drawing({
  zoom = 1,
  tint = '#fdfcf7',
  figure = 'M90 60 L90 150 M60 100 L120 100 M90 150 L60 175 M90 150 L120 175',
} = {}): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="${tint}"/>
    <g transform="translate(160 90) scale(${zoom}) translate(-160 -90)"><path d="M0 130 L320 120" stroke="#333" stroke-width="3"/>
    <rect x="200" y="60" width="70" height="62" fill="#bbb" stroke="#222" stroke-width="3"/>
    <circle cx="90" cy="42" r="18" fill="none" stroke="#111" stroke-width="4"/><path d="${figure}" stroke="#111" stroke-width="4"/></g></svg>`;
  const rgb = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { ...size, rgb };
}

function samples(...pictures: Picture[]): Sample[] {
  return pictures.map((picture, i) => ({ frame: i * 12, picture }));
}

const named = (checks: readonly Check[], name: string): Check | undefined =>
  checks.find((check) => check.name === name);
const failed = (checks: readonly Check[]): string[] => checks.filter((check) => !check.ok).map((check) => check.name);

describe('the file', () => {
  it('that is what was ordered passes', async () => {
    const board = await drawing();
    const checks = await checkTake({
      clip,
      ordered,
      shot: shotWith([]),
      samples: samples(board, board),
      firstBoard: board,
    });
    expect(failed(checks)).toEqual([]);
    expect(checks.every(({ score, detail }) => score >= 0 && score <= 1 && detail !== '')).toBe(true);
  });

  it.each([
    ['frames', { frames: 23 }, true],
    ['size', { size: { width: 318, height: 180 } }, true],
    ['rate', { rate: RATES['24'] }, true],
    ['codec', { profile: 'HQ' }, true],
    ['codec', { codec: 'h264' }, true],
    ['colour tags', { color: { ...clip.color, matrix: 'smpte170m' } }, false],
  ] as const)('with another %s is flagged', async (name, wrong, useless) => {
    const board = await drawing();
    const checks = await checkTake({
      clip: { ...clip, ...wrong },
      ordered,
      shot: shotWith([]),
      samples: samples(board),
      firstBoard: board,
    });
    expect(failed(checks)).toEqual([name]);
    expect(unusable(checks).length > 0).toBe(useless);
  });
});

describe('the pictures', () => {
  const check = async (shot: Shot, board: Picture, ...shown: Picture[]): Promise<Check[]> =>
    checkTake({ clip, ordered, shot, samples: samples(...shown), firstBoard: board });

  it('of a push-in that begins on the board and moves pass', async () => {
    const board = await drawing();
    expect(
      failed(
        await check(
          shotWith([move('push-in', 1.4)]),
          board,
          board,
          await drawing({ zoom: 1.2 }),
          await drawing({ zoom: 1.4 }),
        ),
      ),
    ).toEqual([]);
  });

  it('may be framed a little tighter than the board', async () => {
    const board = await drawing();
    expect(failed(await check(shotWith([move('hold', 0)]), board, await drawing({ zoom: 1.04 })))).toEqual([]);
  });

  it('that begin on another drawing are flagged, white paper or not', async () => {
    const other = await drawing({ zoom: 0.6, figure: 'M150 40 L300 170 M20 20 L60 160' });
    const checks = await check(shotWith([]), await drawing(), other);
    expect(failed(checks)).toContain('first frame');
    expect(named(checks, 'first frame')?.score).toBeLessThan(0.5);
  });

  it('of another colour are flagged', async () => {
    expect(failed(await check(shotWith([]), await drawing(), await drawing({ tint: '#d0e0ff' })))).toContain('colour');
  });

  it('that stand still where a move was asked for are flagged', async () => {
    const board = await drawing();
    expect(failed(await check(shotWith([move('truck-left', 0.2)]), board, board, board, board))).toEqual(['frozen']);
  });

  it('of a blank board are not called frozen', async () => {
    const blank = flat(320, 180, [255, 255, 255]);
    expect(failed(await check(shotWith([move('push-in', 1.4)]), blank, blank, blank))).toEqual([]);
  });

  it('that are black are flagged with their frames, unless the board is', async () => {
    const black = flat(320, 180, [0, 0, 0]);
    const board = await drawing();
    const checks = await check(shotWith([]), board, board, black, board);
    expect(named(checks, 'black')?.ok).toBe(false);
    expect(named(checks, 'black')?.detail).toContain('12');
    expect(failed(await check(shotWith([]), black, black, black))).toEqual([]);
  });

  it.each([
    ['a pan', shotWith([move('pan-left', 10)])],
    ['a pull-out', shotWith([move('pull-out', 1.4)])],
    [
      'drawn frames',
      shotWith([], { framing: [{ frame: 0, center: { x: 0.3, y: 0.3 }, scale: 0.5, roll: 0, ease: 'linear' }] }),
    ],
  ])('are not held against the board where %s begins elsewhere', async (_, shot) => {
    const board = await drawing();
    const checks = await check(shot, board, await drawing({ zoom: 2 }), await drawing({ zoom: 1.5 }));
    expect(named(checks, 'first frame')).toBeUndefined();
  });

  it.each([
    ['nothing', shotWith([])],
    ['a hold', shotWith([move('hold', 0)])],
    ['a push-in by nothing', shotWith([move('push-in', 1)])],
    [
      'one drawn frame',
      shotWith([], { framing: [{ frame: 0, center: { x: 0.5, y: 0.5 }, scale: 1, roll: 0, ease: 'linear' }] }),
    ],
  ])('may stand still where %s was asked for', async (_, shot) => {
    const board = await drawing();
    expect(named(await check(shot, board, board, board), 'frozen')).toBeUndefined();
  });
});
