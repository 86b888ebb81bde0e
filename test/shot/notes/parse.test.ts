import {
  formatMoves,
  frameRate,
  parseNotes,
  RATES,
  resolveMoves,
  type CameraMove,
  type NotesOptions,
  type Shot,
} from '../../../shared/shot';

const read = (text: string, more: Partial<NotesOptions> = {}) =>
  parseNotes(text, { rate: RATES['24'], frames: 96, ...more });
const kinds = (text: string, more: Partial<NotesOptions> = {}): string[] =>
  read(text, more).moves.map((move) => move.kind);
const times = (text: string, more: Partial<NotesOptions> = {}): string[] =>
  read(text, more).moves.map(({ kind, from, to }) => `${kind} ${from}-${to}`);
const only = (text: string, more: Partial<NotesOptions> = {}): CameraMove => {
  const [move, second] = read(text, more).moves;
  if (!move || second) throw new Error(`"${text}" should be one move`);
  return move;
};

describe('time', () => {
  it.each([
    ['push in over 2s, hold last 12 frames', ['push-in 0-48', 'hold 84-96']],
    ['push in, hold last 12 frames', ['push-in 0-84', 'hold 84-96']],
    ['hold first second, pan left', ['hold 0-24', 'pan-left 24-96']],
    ['pan left over 1s then push in', ['pan-left 0-24', 'push-in 24-96']],
    ['pan left, hold, pan right', ['pan-left 0-38', 'hold 38-58', 'pan-right 58-96']],
    ['hold, whip pan right, hold 24f', ['hold 0-64', 'whip-pan-right 64-72', 'hold 72-96']],
    ['crash zoom in then slow pull out', ['zoom-in 0-8', 'pull-out 8-96']],
    ['pan left 12f while pushing in 48f', ['pan-left 0-12', 'push-in 0-48']],
    ['handheld, pan left then tilt up', ['handheld 0-96', 'pan-left 0-48', 'tilt-up 48-96']],
    ['push in over 10s', ['push-in 0-96']],
    ['hold 3s, push in 3s', ['hold 0-48', 'push-in 48-96']],
    ['push in from f200 to f300, pan left f0-f10', ['pan-left 0-10']],
    ['push in from 25% to 75%', ['push-in 24-72']],
    ['push in over 50% of the shot', ['push-in 0-48']],
    ['after a beat, push in', ['push-in 12-96']],
    ['push in 1.5 sec', ['push-in 0-36']],
    ['push in 1,5 s', ['push-in 0-36']],
    ['push in 500ms', ['push-in 0-12']],
    ['push in 2"', ['push-in 0-48']],
    ['push in 1+12', ['push-in 0-36']],
    ['push in ½ sec', ['push-in 0-12']],
    ['push in over a second and a half', ['push-in 0-36']],
  ])('%s', (text, expected) => expect(times(text)).toEqual(expected));

  it("counts seconds at the shot's own rate", () => {
    expect(times('push in over 2s', { rate: RATES['25'], frames: 100 })).toEqual(['push-in 0-50']);
    expect(times('push in over 2s', { rate: RATES['23.976'], frames: 100 })).toEqual(['push-in 0-48']);
    expect(times('push in over 1s', { rate: RATES['59.94'], frames: 100 })).toEqual(['push-in 0-60']);
    expect(times('whip pan left', { rate: RATES['60'], frames: 100 })).toEqual(['whip-pan-left 0-20']);
    expect(times('whip pan left', { rate: frameRate(12), frames: 100 })).toEqual(['whip-pan-left 0-6']);
  });

  it('reads timecodes from the shot, or from the timeline where they fall inside the shot', () => {
    expect(times('pan left at 00:00:01:05')).toEqual(['pan-left 29-96']);
    expect(times('pan left at 01:00:02:00', { timelineStart: 86_400 + 24 })).toEqual(['pan-left 24-96']);
    expect(times('pan left at 00:00:02:00', { timelineStart: 86_400 })).toEqual(['pan-left 48-96']);
    expect(times('pan left at 00:01:00;02', { rate: RATES['29.97'], frames: 1900 })).toEqual(['pan-left 1800-1900']);
  });

  it.each([0, 1, 2, 3])('never fails in a shot of %i frames', (frames) => {
    for (const text of [
      'hold 12f then push in, whip pan left, hold last 8 frames',
      'pan left from f10 to f20',
      'WS → CU',
      'push in over 2s',
    ]) {
      for (const { from, to } of read(text, { frames }).moves)
        expect([from >= 0, to <= frames, frames === 0 || from < to]).toEqual([true, true, true]);
    }
  });
});

describe('amounts', () => {
  it.each([
    ['push in 20 %', 1.2],
    ['push in by 20%', 1.2],
    ['zoom in to 150%', 1.5],
    ['zoom out to 80%', 1.25],
    ['zoom from 100% to 130%', 1.3],
    ['zoom in 2x', 2],
    ['zoom in x2', 2],
    ['pan left 30°', 30],
    ['pan left 30 degrees', 30],
    ['pan left half a frame', 20],
    ['truck left half a frame', 0.5],
    ['crane up 1/2 frame over 48f', 0.5],
    ['truck left 20%', 0.2],
    ['crane up one frame height', 1],
    ['orbit 180 degrees', 180],
    ['handheld 80%', 0.8],
    ['slow push in', 1.12],
    ['push in', 1.25],
    ['fast push in', 1.5],
    ['slight pan left', 6],
    ['rack focus to background', -1],
    ['rack focus to foreground', 1],
    ['push from WS to CU', 2.4883],
  ])('%s is %d', (text, amount) => expect(only(text).amount).toBeCloseTo(amount, 4));
});

describe('eases', () => {
  it.each([
    ['push in', 'ease-in-out'],
    ['push in, linear', 'linear'],
    ['push in, ease in', 'ease-in'],
    ['push in, slow to a stop', 'ease-out'],
    ['push in, slow in / slow out', 'ease-in-out'],
    ['whip pan left', 'snap'],
    ['crash zoom', 'snap'],
    ['push in abruptly', 'snap'],
    ['hold', 'linear'],
  ])('%s: %s', (text, ease) => expect(only(text).ease).toBe(ease));
});

describe('what is no camera move stays still', () => {
  it.each([
    'He pushes the door open',
    'pans for gold',
    'she zooms past on a scooter',
    'they track mud',
    'he tilts his head up',
    'Anna holds the cup',
    'the car pulls out of the drive',
    'crane operator waves',
    'the roll of tape',
    'frying pan left on stove',
    'a truck in the street',
    'boom! explosion',
    'dolly the sheep',
    "don't pan",
    'without zoom',
    '"push in!"',
    '“push in!”',
    '« zoom avant »',
    '„Schwenk nach links“',
    '「ズームイン」',
    'ANNA: push in the clutch',
    '',
    ' ',
    '\n\n',
    '...',
    '???',
    '🎬',
    'TBD',
  ])('%s', (text) => expect(kinds(text)).toEqual([]));

  it('says so where the note asks for it', () => expect(kinds('no camera move')).toEqual(['static']));
  it("keeps the camera's part of a note about people", () =>
    expect(kinds('camera pushes in as she turns')).toEqual(['push-in']));
  it('takes the alternative and not what is refused', () => {
    expect(kinds('instead of a pan → push in')).toEqual(['push-in']);
    expect(kinds("don't pan, push in")).toEqual(['push-in']);
  });
});

describe('confidence', () => {
  it('falls with hedges, guesses and mended letters', () => {
    const sure = only('push in').confidence;
    expect(only('maybe push in?').confidence).toBeLessThan(sure);
    expect(only('tracking shot').confidence).toBeLessThan(only('track right').confidence);
    expect(only('zooom in').confidence).toBeLessThan(only('zoom in').confidence);
    expect(sure).toBeGreaterThan(0.9);
  });
});

describe('what was read as what', () => {
  it('shows the words of each move, speech, action, framing and what is left', () => {
    const text = 'MCU. Anna waves. "Bye!" Slow push in on Anna over 2s, camera wiggles the doodad';
    const parsed = read(text);
    const slice = (kind: string): string[] =>
      parsed.spans.filter((span) => span.kind === kind).map(({ start, end }) => text.slice(start, end).trim());
    expect(parsed.moves.map((move) => move.text)).toEqual(['Slow push in on Anna over 2s']);
    expect(parsed.moves[0]?.subject).toBe('Anna');
    expect(parsed.dialogue).toEqual(['"Bye!"']);
    expect(parsed.action).toEqual(['Anna waves']);
    expect(parsed.unread).toEqual(['camera wiggles the doodad']);
    expect(parsed.framing).toEqual({ start: 'MCU' });
    expect(parsed.speed).toBe('slow');
    expect(slice('framing')).toEqual(['MCU.']);
    expect(slice('timing').join(' ')).toContain('over 2s');
  });

  it('marks refusals as still, not as unread', () => {
    const parsed = read("don't pan");
    expect(parsed.spans).toEqual([{ start: 0, end: 9, kind: 'still' }]);
    expect(parsed.unread).toEqual([]);
  });
});

describe('languages', () => {
  it('reads T.U as track up on a Japanese board, tilt up on an English one', () => {
    expect(kinds('T.U')).toEqual(['tilt-up']);
    expect(kinds('T.U', { language: 'ja' })).toEqual(['push-in']);
    expect(kinds('ゆっくりT.U')).toEqual(['push-in']);
  });

  it('reads full-width letters and half-width kana', () => {
    expect(kinds('ＺＯＯＭ　ＩＮ')).toEqual(['zoom-in']);
    expect(kinds('ｽﾞｰﾑｲﾝ')).toEqual(['zoom-in']);
  });

  it('does not care for missing accents', () => {
    expect(kinds('zoom arriere')).toEqual(['zoom-out']);
    expect(kinds('camara en mano')).toEqual(['handheld']);
  });
});

describe('formatMoves', () => {
  it('writes what an artist would', () => {
    expect(formatMoves(read('Slow push in on Anna over 2s, hold').moves, { rate: RATES['24'] })).toBe(
      'push in on Anna 1.12x ease in and out from f0 to f48; hold linear from f48 to f96',
    );
    expect(formatMoves([], { rate: RATES['24'] })).toBe('');
  });

  it('leaves out a subject that would read as something else', () => {
    const move: CameraMove = {
      kind: 'push-in',
      from: 0,
      to: 10,
      amount: 1.2,
      ease: 'linear',
      confidence: 1,
      text: '',
      subject: 'pan left',
    };
    expect(formatMoves([move], { rate: RATES['24'] })).toBe('push in 1.2x linear from f0 to f10');
  });
});

describe('resolveMoves', () => {
  const shot = (more: Partial<Shot>): Shot => ({
    id: 'a',
    name: 'SH010',
    rate: RATES['24'],
    dropFrame: false,
    startFrame: 86_400,
    frames: 48,
    size: { width: 1920, height: 1080 },
    fit: 'fill',
    boards: [{ board: '0'.repeat(64), at: 0, name: 'a.png' }],
    notes: '',
    ...more,
  });
  const own: CameraMove = { kind: 'pan-left', from: 0, to: 48, amount: 5, ease: 'linear', confidence: 1, text: '' };
  const names = (more: Partial<Shot>): string[] => resolveMoves(shot(more)).map((move) => move.kind);

  it('lets the artist win over the note, even with no move at all', () => {
    expect(names({ notes: 'push in', moves: [own] })).toEqual(['pan-left']);
    expect(names({ notes: 'push in', moves: [] })).toEqual([]);
  });

  it('reads the note, then sure moves of the action, never the dialogue', () => {
    expect(names({ notes: 'push in', action: 'pan left' })).toEqual(['push-in']);
    expect(names({ notes: '', action: 'Tom runs. Camera pans left.' })).toEqual(['pan-left']);
    expect(names({ notes: '', action: 'Tom pushes the door in. tracking' })).toEqual([]);
    expect(names({ notes: '', dialogue: 'push in' })).toEqual([]);
  });

  it('reads timecodes on the timeline', () => {
    expect(resolveMoves(shot({ notes: 'pan left at 01:00:01:00' }))[0]).toMatchObject({ from: 24, to: 48 });
  });
});

describe('long texts', () => {
  it.each([
    ['the same move', 'push in, '],
    ['quotes', '"'],
    ['open quotes', '“ a '],
    ['dots', 'a.'],
    ['hyphens', 'a-'],
    ['numbers', '1/2 '],
    ['colons', 'A: '],
    ['one word', 'push'],
    ['kana', 'ズーム'],
    ['refusals', 'no '],
    ['and', 'pan and '],
    ['apostrophes', "'a "],
    ['clocks', '00:00:01:05 '],
  ])('reads 8000 characters of %s', (_name, piece) => {
    const text = piece.repeat(Math.ceil(8000 / piece.length)).slice(0, 8000);
    const { moves, spans } = read(text);
    expect(moves.length).toBeLessThanOrEqual(64);
    expect(spans.at(-1)?.end ?? 0).toBe(8000);
  });
});
