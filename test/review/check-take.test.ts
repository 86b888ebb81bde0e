import sharp from 'sharp';
import type { ClipFacts, Picture } from '../../companion-app/media';
import {
  checkTake,
  evidence,
  Looker,
  sampleFrames,
  unusable,
  type Check,
  type Ordered,
} from '../../companion-app/review';
import { RATES, type CameraMove, type MoveKind, type Shot } from '../../shared/shot';
import { flat } from '../media/pictures';

/** As wide as clips are looked at. */
const size = { width: 192, height: 108 };
/** Drawings are made in 320 units across. */
const UNIT = size.width / 320;
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

/** The rows of a picture from one to before another. */
const cut = ({ width, rgb }: Picture, top: number, bottom: number): Picture => ({
  ...{ width, height: bottom - top },
  rgb: rgb.slice(3 * width * top, 3 * width * bottom),
});

/** A drawing, optionally closer, darker, or another one altogether. */
const drawn = new Map<string, Promise<Picture>>();

function drawing(wish: Parameters<typeof draw>[0] = {}): Promise<Picture> {
  const known = JSON.stringify(wish);
  const picture = drawn.get(known) ?? draw(wish);
  drawn.set(known, picture);
  return picture;
}

async function draw({
  zoom = 1,
  tint = '#fdfcf7',
  figure = 'M90 60 L90 150 M60 100 L120 100 M90 150 L60 175 M90 150 L120 175',
} = {}): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 320 180"><rect width="320" height="180" fill="${tint}"/>
    <g transform="translate(160 90) scale(${zoom}) translate(-160 -90)"><path d="M0 130 L320 120" stroke="#333" stroke-width="3"/>
    <rect x="200" y="60" width="70" height="62" fill="#bbb" stroke="#222" stroke-width="3"/>
    <circle cx="90" cy="42" r="18" fill="none" stroke="#111" stroke-width="4"/><path d="${figure}" stroke="#111" stroke-width="4"/></g></svg>`;
  const rgb = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { ...size, rgb };
}

const named = (checks: readonly Check[], name: string): Check | undefined =>
  checks.find((check) => check.name === name);
const failed = (checks: readonly Check[]): string[] => checks.filter((check) => !check.ok).map((check) => check.name);

/** The checks of a clip of these pictures (the last one is held to frame 24), over a board. */
async function check(
  shot: Shot,
  board: Picture | readonly Picture[],
  shown: readonly Picture[],
  more: Partial<{ facts: Partial<ClipFacts>; clean: Picture; engine: string }> = {},
): Promise<Check[]> {
  const frames = Array.from({ length: shot.frames }, (_, i) => shown[Math.min(i, shown.length - 1)]!);
  const looker = new Looker(sampleFrames(shot));
  frames.forEach((picture, i) => looker.see(picture, i));
  return checkTake({
    clip: { ...clip, frames: shot.frames, ...more.facts },
    ordered: { ...ordered, frames: shot.frames },
    shot,
    engine: more.engine ?? 'parallax',
    look: looker.done(),
    first: { shown: frames[0]!, clean: more.clean },
    boards: [board].flat(),
  });
}

/** A push-in over 24 frames, to this zoom at its end. */
const pushed = (to: number): Promise<Picture[]> =>
  Promise.all(Array.from({ length: 24 }, (_, i) => drawing({ zoom: to ** (i / 23) })));

describe('the file', () => {
  it('that is what was ordered passes', async () => {
    const board = await drawing();
    const checks = await check(shotWith([]), board, [board]);
    expect(failed(checks)).toEqual([]);
    expect(checks.every(({ score, detail }) => score >= 0 && score <= 1 && detail !== '')).toBe(true);
  });

  it.each([
    ['frames', { frames: 2 }, true],
    ['size', { size: { width: 190, height: 108 } }, true],
    ['rate', { rate: RATES['24'] }, true],
    ['codec', { profile: 'HQ' }, true],
    ['codec', { codec: 'h264' }, true],
    ['colour tags', { color: { ...clip.color, matrix: 'smpte170m' } }, false],
  ] as const)('with another %s is flagged', async (name, wrong, useless) => {
    const board = await drawing();
    const checks = await check(shotWith([], { frames: 3 }), board, [board], { facts: { frames: 3, ...wrong } });
    expect(failed(checks)).toEqual([name]);
    expect(unusable(checks).length > 0).toBe(useless);
  });
});

describe('the pictures', () => {
  it('of a push-in that begins on the board and moves as asked pass, and the motion is told', async () => {
    const checks = await check(shotWith([move('push-in', 1.4)]), await drawing(), await pushed(1.4));
    expect(failed(checks)).toEqual([]);
    expect(named(checks, 'motion')?.detail).toMatch(/asked 1\.40× larger, measured 1\.(3[7-9]|4[0-3])× larger/);
    expect(named(checks, 'motion')?.score).toBeGreaterThan(0.9);
  });

  it('that go the other way, too far or not far enough are flagged by what was measured', async () => {
    const frames = await pushed(1.4);
    const motion = async (asked: CameraMove): Promise<string | undefined> => {
      const found = named(await check(shotWith([asked]), await drawing(), frames), 'motion');
      return found?.ok === false ? found.detail.replace(/.*, /, '') : 'passed';
    };
    expect(await motion(move('pull-out', 1.4))).toBe('the other way.');
    expect(await motion(move('push-in', 1.1))).toBe('too much.');
    expect(await motion(move('push-in', 3))).toBe('too little.');
    expect(await motion(move('truck-left', 0.15))).not.toBe('passed');
    expect(named(await check(shotWith([move('static', 0)]), await drawing(), frames), 'motion')).toMatchObject({
      ok: false,
      frames: [[0, 24]],
    });
  });

  it('that were drawn as frames of the camera are held to those', async () => {
    const key = (frame: number, scale: number) => ({
      frame,
      scale,
      roll: 0,
      center: { x: 0.5, y: 0.5 },
      ease: 'linear' as const,
    });
    const board = await drawing();
    const shot = (end: number) => shotWith([], { framing: [key(0, 1), key(23, end)] });
    expect(named(await check(shot(1 / 1.4), board, await pushed(1.4)), 'motion')).toMatchObject({ ok: true });
    expect(named(await check(shot(0.3), board, await pushed(1.4)), 'motion')).toMatchObject({ ok: false });
  });

  it('may be framed a little tighter than the board', async () => {
    expect(failed(await check(shotWith([move('hold', 0)]), await drawing(), [await drawing({ zoom: 1.04 })]))).toEqual(
      [],
    );
  });

  it('beside which an engine lays bars of its own colour are looked at where the drawing is', async () => {
    const wide = (tint: string): Promise<Picture> => drawing({ tint }).then((picture) => cut(picture, 24, 84));
    const [board, other] = [await wide('#6b5538'), await wide('#6b5570')];
    const shown = (picture: Picture): Picture => {
      const rgb = new Uint8Array(3 * size.width * size.height).fill(170);
      rgb.set(picture.rgb, 3 * 24 * size.width);
      return { ...size, rgb };
    };
    expect(failed(await check(shotWith([move('hold', 0)]), board, [shown(board)]))).toEqual([]);
    expect(failed(await check(shotWith([move('hold', 0)]), board, [shown(other)]))).toEqual(
      expect.arrayContaining(['colour', 'palette']),
    );
  });

  it('that go farther than a stated amount along a long board are flagged, of a usual amount those that leave it', async () => {
    const long = await drawing();
    // Twice as long as the frame is wide: its left half is shown first, and it is gone over to its end.
    const board = { width: 2 * size.width, height: size.height, rgb: new Uint8Array(6 * size.width * size.height) };
    for (let y = 0; y < size.height; y += 1)
      for (const half of [0, 1])
        board.rgb.set(long.rgb.subarray(3 * y * size.width, 3 * (y + 1) * size.width), 3 * (2 * y + half) * size.width);
    const at = (left: number): Picture => {
      const rgb = new Uint8Array(3 * size.width * size.height);
      for (let y = 0; y < size.height; y += 1) {
        const from = 3 * (2 * y * size.width + left);
        rgb.set(board.rgb.subarray(from, from + 3 * size.width), 3 * y * size.width);
      }
      return { ...size, rgb };
    };
    const frames = Array.from({ length: 24 }, (_, i) => at(Math.round((0.5 * size.width * i) / 23)));
    const motion = async (amount: number) =>
      named(await check(shotWith([move('truck-right', amount)]), board, frames), 'motion')?.ok;
    // Half a width gone: far more than 0.16 that was stated; 0.15 is a usual amount.
    expect([await motion(0.16), await motion(0.15)]).toEqual([false, true]);
  });

  it('that begin on another drawing are flagged, white paper or not', async () => {
    const other = await drawing({ zoom: 0.6, figure: 'M150 40 L300 170 M20 20 L60 160' });
    const checks = await check(shotWith([]), await drawing(), [other]);
    expect(failed(checks)).toContain('first frame');
    expect(named(checks, 'first frame')).toMatchObject({ frames: [[0, 1]] });
    expect(named(checks, 'first frame')?.score).toBeLessThan(0.5);
  });

  it('of another colour are flagged, an engine that dreams may stray farther', async () => {
    const [board, tinted] = [await drawing(), await drawing({ tint: '#f0e8ff' })];
    expect(failed(await check(shotWith([]), board, [tinted]))).toEqual(expect.arrayContaining(['colour', 'palette']));
    expect(failed(await check(shotWith([]), board, [tinted], { engine: 'diffusion' }))).not.toContain('colour');
  });

  it('that stand still where a move was asked for are flagged, those of a hold are not', async () => {
    const board = await drawing();
    const frozen = await check(shotWith([move('truck-left', 0.2)]), board, [board]);
    expect(failed(frozen).sort()).toEqual(['frozen', 'motion']);
    expect(named(frozen, 'frozen')?.frames?.[0]?.[1]).toBeGreaterThan(20);
    for (const kind of ['hold', 'static'] as const)
      expect(failed(await check(shotWith([move(kind, 0)]), board, [board]))).toEqual([]);
    expect(failed(await check(shotWith([]), board, [board]))).toEqual([]);
  });

  it('that stop in the middle of a move are flagged with the frames; those on twos are not', async () => {
    const frames = await pushed(1.4);
    const stopped = frames.map((picture, i) => (i >= 8 && i < 16 ? frames[8]! : picture));
    const shot = shotWith([move('push-in', 1.4)]);
    expect(named(await check(shot, frames[0]!, stopped), 'frozen')).toMatchObject({ ok: false, frames: [[9, 16]] });
    const twos = frames.map((_, i) => frames[i - (i % 2)]!);
    expect(failed(await check({ ...shot, onTwos: true }, frames[0]!, twos))).toEqual([]);
  });

  it('that come again are a loop', async () => {
    const frames = await pushed(1.6);
    const looped = frames.map((_, i) => frames[i % 8]!);
    expect(named(await check(shotWith([move('push-in', 1.6)]), frames[0]!, looped), 'loop')).toMatchObject({
      ok: false,
      frames: [[8, 24]],
    });
  });

  it('of a blank board are not called frozen', async () => {
    const blank = flat(size.width, size.height, [255, 255, 255]);
    expect(failed(await check(shotWith([move('push-in', 1.4)]), blank, [blank]))).toEqual(
      expect.not.arrayContaining(['frozen', 'blown out']),
    );
  });

  it('that are black are flagged with their frames, unless the board is', async () => {
    const [black, board] = [flat(size.width, size.height, [0, 0, 0]), await drawing()];
    const checks = await check(shotWith([]), board, [board, board, black, black, board]);
    expect(named(checks, 'black')).toMatchObject({ ok: false, frames: [[2, 4]], detail: 'Black: frames 2–3.' });
    expect(failed(await check(shotWith([]), black, [black]))).toEqual([]);
  });

  it('that burn out are flagged where they do', async () => {
    const [white, board] = [flat(size.width, size.height, [255, 255, 255]), await drawing()];
    const frames = Array.from({ length: 24 }, (_, i) => (i < 20 ? board : white));
    expect(named(await check(shotWith([]), board, frames), 'blown out')).toMatchObject({
      ok: false,
      frames: [[20, 24]],
    });
  });

  it('that flicker are flagged; a cut in brightness and one frame a little off are not', async () => {
    const [board, dim] = [await drawing(), await drawing({ tint: '#f5f4ef' })];
    const alternate = Array.from({ length: 24 }, (_, i) => (i % 2 ? dim : board));
    expect(named(await check(shotWith([]), board, alternate), 'flicker')?.ok).toBe(false);
    const cut = Array.from({ length: 24 }, (_, i) => (i < 12 ? board : dim));
    expect(named(await check(shotWith([]), board, cut), 'flicker')?.ok).toBe(true);
    const once = Array.from({ length: 24 }, (_, i) => (i === 7 ? dim : board));
    expect(named(await check(shotWith([]), board, once), 'flicker')?.ok).toBe(true);
  });

  it('that leave the drawing on the way are flagged from where they do', async () => {
    // Some of it lies on the first where it is made nearly twice as large: no camera gets there in a frame.
    const [board, other] = [await drawing(), await drawing({ zoom: 0.55, figure: 'M150 40 L300 170 M20 20 L60 160' })];
    const frames = Array.from({ length: 24 }, (_, i) => (i < 12 ? board : other));
    const lines = named(await check(shotWith([]), board, frames), 'lines');
    expect(lines?.ok).toBe(false);
    expect(lines?.frames?.[0]?.[0]).toBeGreaterThan(8);
    expect(lines?.frames?.at(-1)?.[1]).toBe(24);
  });

  it('with words outside the title-safe area are flagged', async () => {
    const clean = await drawing();
    const burnt = (left: number): Picture => {
      const rgb = Uint8Array.from(clean.rgb);
      for (let y = Math.round(150 * UNIT); y < Math.round(165 * UNIT); y += 1) {
        const from = y * size.width + Math.round(left * UNIT);
        rgb.fill(0, 3 * from, 3 * (from + 36));
      }
      return { ...clean, rgb };
    };
    const safe = async (left: number) =>
      named(await check(shotWith([]), clean, [burnt(left)], { clean }), 'safe area')?.ok;
    expect([await safe(17), await safe(5)]).toEqual([true, false]);
    expect(named(await check(shotWith([]), clean, [clean], { clean }), 'safe area')?.detail).toMatch(/none are seen/);
  });

  it('of a faulty take are chosen to show each fault', async () => {
    const [black, board] = [flat(size.width, size.height, [0, 0, 0]), await drawing()];
    const checks = await check(shotWith([]), board, [board, board, black, black, black, board]);
    const shown = evidence(checks, 24).find((each) => each.check.name === 'black');
    expect(shown?.frames).toEqual([2, 3, 4]);
  });
});
