/** Storyboards over the API from outside: what is let in, where it lies, and what becomes of everything that is not well meant. */
import fc from 'fast-check';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { startDaemon, type Daemon } from '../../companion-app/daemon';
import { clashIn, sourceOf } from '../../companion-app/daemon/pages/boards/manifest';
import { sequenceNames } from '../../companion-app/daemon/pages/boards/read/sequence-names';
import { choose } from '../../companion-app/ui/pages/boards/pick';
import {
  animateStoryboardEndpoint,
  beginStoryboardEndpoint,
  readStoryboardEndpoint,
  removeStoryboardEndpoint,
  sequencePlanEndpoint,
  STORYBOARD_LIMITS,
  storyboardEndpoint,
  storyboardPartEndpoint,
  storyboardsEndpoint,
  zPlace,
} from '../../shared/protocol';
import { parseBoardName } from '../../shared/shot';
import { pdfFile } from '../interchange/in/pdf-file';
import { tempFolder, until } from '../queue/fixtures/specs';
import { boardsEntry, drawing, removeBuilt } from './boards-rig';
import { apiOf, sendStoryboard, type Api } from './boards-send';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Daemon;
let api: Api;
const renderEntry = path.join(__dirname, '..', 'queue', 'fixtures', 'fake-render.cjs');
const start = async (entry = boardsEntry()): Promise<void> => {
  daemon = await startDaemon({ dataDir: folder.path, ports: [0], renderEntry, boardsEntry: entry, logLevel: 'error' });
  daemon.queue.setPaused(true);
  api = await apiOf({ port: daemon.port, code: daemon.openPairing() });
};
const imports = (): Promise<string[]> => readdir(path.join(folder.path, 'storyboards')).catch(() => []);

beforeAll(async () => {
  folder = await tempFolder();
  await start();
});
afterAll(async () => {
  await daemon.stop();
  await folder.remove();
  await removeBuilt();
});

/** A sheet of paper with six frames and a drawing in each. */
function sheet(): Promise<Buffer> {
  const frames = [0, 1, 2, 3, 4, 5].map((i) => {
    const [x, y] = [40 + (i % 3) * 290, 40 + Math.floor(i / 3) * 300];
    return `<rect x="${x}" y="${y}" width="240" height="136" fill="none" stroke="#222" stroke-width="3"/><circle cx="${x + 60 + 20 * i}" cy="${y + 70}" r="30" fill="none" stroke="#333" stroke-width="3"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#f4efe4"/>${frames.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

describe('scanned sheets', () => {
  test('are cut, or kept whole when somebody says so; what was made of them before stays', async () => {
    const view = await sendStoryboard(api, 'scan', { 'scan.png': await sheet() });
    expect(view).toMatchObject({ sheets: 'auto', shots: 6 });
    const before = (await api.call(sequencePlanEndpoint, { id: view.id })).boards.map((board) => board.path);
    await api.call(readStoryboardEndpoint, { id: view.id, sheets: 'whole' });
    const whole = await until(async () => {
      const now = await api.call(storyboardEndpoint, { id: view.id });
      return now.state === 'reading' ? null : now;
    });
    expect(whole).toMatchObject({ sheets: 'whole', shots: 1 });
    const after = (await api.call(sequencePlanEndpoint, { id: view.id })).boards;
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]?.path);
    for (const file of before) expect((await stat(file)).size).toBeGreaterThan(0);
    // The same wish again reads nothing anew.
    expect(await api.call(readStoryboardEndpoint, { id: view.id, sheets: 'whole' })).toMatchObject({ state: 'ready' });
  });
});

describe('what comes in', () => {
  test.each([
    '../outside.png',
    '/etc/passwd',
    'images/../../outside.png',
    'C:/Windows/a.png',
    'C:\\a.png',
    'a\\..\\b.png',
    'images//a.png',
    'a/./b.png',
    'nul.png',
    'a\u0000b.png',
    'trailing./a.png',
    'deep/'.repeat(12) + 'a.png',
    'x'.repeat(201) + '.png',
    'é'.repeat(130) + '.png',
    'COM¹.png',
    'con .png',
    'CONOUT$',
    'a.png:hidden',
    'half \ud800.png',
    '',
  ])('%j is no place for a file', async (place) => {
    const before = await imports();
    const problem = await api.refusal(beginStoryboardEndpoint, { name: 'a', files: [{ place, bytes: 1 }] });
    expect(problem.code).toBe('bad-message');
    expect(await imports()).toEqual(before);
  });

  test('whatever place is taken lies in the storyboard’s own folder', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('..', '.', 'a', 'CON', '~', '…', 'ä', ' ', 'a.png'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const place = pieces.join('/');
        if (!zPlace.safeParse(place).success) return true;
        const root = path.resolve('/data/files');
        const posix = path.posix.resolve('/data/files', place);
        const win = path.win32.resolve('C:\\data\\files', place);
        return (
          path.resolve(root, place).startsWith(root + path.sep) &&
          posix.startsWith('/data/files/') &&
          win.startsWith('C:\\data\\files\\')
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('too many files, too large ones and too much of them are refused', async () => {
    const one = { place: 'a.png', bytes: STORYBOARD_LIMITS.fileBytes + 1 };
    expect((await api.refusal(beginStoryboardEndpoint, { name: 'a', files: [one] })).code).toBe('bad-message');
    const many = Array.from({ length: STORYBOARD_LIMITS.files + 1 }, (_, i) => ({ place: `${i}.png`, bytes: 1 }));
    expect((await api.refusal(beginStoryboardEndpoint, { name: 'a', files: many })).code).toBe('bad-message');
    const large = Array.from({ length: 20 }, (_, i) => ({ place: `${i}.png`, bytes: STORYBOARD_LIMITS.fileBytes }));
    expect((await api.refusal(beginStoryboardEndpoint, { name: 'a', files: large })).code).toBe('too-large');
    const twice = ['a.png', 'A.PNG'].map((place) => ({ place, bytes: 1 }));
    expect((await api.refusal(beginStoryboardEndpoint, { name: 'a', files: twice })).code).toBe('bad-message');
    expect(clashIn(['a', 'b', 'B/c'])).toBe('B/c');
  });

  test('parts go on only where the file ends, and never past what was said', async () => {
    const { id } = await api.call(beginStoryboardEndpoint, { name: 'a', files: [{ place: 'a.png', bytes: 4 }] });
    const part = (from: number, data: string, file = 0) => ({
      id,
      file,
      from,
      data: Buffer.from(data).toString('base64'),
    });
    expect((await api.refusal(readStoryboardEndpoint, { id })).code).toBe('upload-mismatch');
    expect(await api.call(storyboardPartEndpoint, part(0, 'ab'))).toEqual({ bytes: 2 });
    expect((await api.refusal(storyboardPartEndpoint, part(0, 'ab'))).code).toBe('out-of-order');
    expect((await api.refusal(storyboardPartEndpoint, part(3, 'd'))).code).toBe('out-of-order');
    expect((await api.refusal(storyboardPartEndpoint, part(2, 'cde'))).code).toBe('too-large');
    expect((await api.refusal(storyboardPartEndpoint, part(0, 'x', 1))).code).toBe('not-found');
    expect(await api.call(storyboardPartEndpoint, part(2, 'cd'))).toEqual({ bytes: 4 });
    expect(await readFile(path.join(folder.path, 'storyboards', id, 'files', 'a.png'), 'utf8')).toBe('abcd');
    await api.call(removeStoryboardEndpoint, { id });
    expect((await api.refusal(storyboardEndpoint, { id })).code).toBe('not-found');
    expect(await imports()).not.toContain(id);
  });

  test('nobody without a token gets at any of it', async () => {
    for (const [method, at] of [
      ['GET', '/api/boards'],
      ['GET', '/api/boards/picture?id=0&n=0'],
      ['GET', '/api/boards/sequence?id=0'],
      ['POST', '/api/boards/begin'],
      ['POST', '/api/boards/remove'],
    ] as const)
      expect((await fetch(`http://127.0.0.1:${daemon.port}${at}`, { method })).status).toBe(401);
  });
});

describe('what is read', () => {
  test('a PDF, a picture with words in its name, and a timeline whose names lead elsewhere', async () => {
    const pdf = await sendStoryboard(api, 'Pages', {
      'Pages.pdf': pdfFile([
        { width: 400, height: 225, texts: [[20, 100, 'dolly in']] },
        { width: 400, height: 225 },
      ]),
    });
    expect(pdf).toMatchObject({ state: 'ready', shots: 2, boards: 2 });
    const single = await sendStoryboard(api, 'one', { 'SH010_A push in on Anna.png': await drawing(10) });
    expect(single.read?.shots).toMatchObject([{ name: 'SH010', frames: 72, notes: 'push in on Anna' }]);
    const plan = await api.call(sequencePlanEndpoint, { id: single.id });
    expect(plan.boards.map((board) => path.basename(board.path))).toEqual(['SH010.png']);
    expect(plan.markers).toMatchObject([{ name: 'SH010', notes: 'push in on Anna', frames: 72 }]);
    const outside = path.join(folder.path, 'outside.png');
    await writeFile(outside, await drawing(5));
    const project = { version: '3.0.0', fps: 24, boards: [{ uid: 'A', url: '../../../outside.png', newShot: true }] };
    const evil = await sendStoryboard(api, 'evil', { 'evil.storyboarder': Buffer.from(JSON.stringify(project)) });
    expect(evil.read?.warnings.join(' ')).toContain('Board 1 has no picture');
  });

  test('its dialogue goes with the plan of the sequence: files, tracks, frames', async () => {
    const said = (uid: string, at: number) => ({
      ...{ uid, url: `board-${at}-${uid}.png`, newShot: true, duration: 1000, number: at },
      audio: { filename: `${uid}.wav`, duration: 1500 },
    });
    const project = { version: '3.0.0', fps: 24, aspectRatio: 1.7777, boards: [said('AAAAA', 1), said('BBBBB', 2)] };
    const view = await sendStoryboard(api, 'talk', {
      'talk/talk.storyboarder': Buffer.from(JSON.stringify(project)),
      'talk/images/board-1-AAAAA.png': await drawing(20),
      'talk/images/board-2-BBBBB.png': await drawing(30),
      'talk/images/AAAAA.wav': Buffer.from('RIFF'),
      'talk/images/BBBBB.wav': Buffer.from('RIFF'),
    });
    const { sounds = [] } = await api.call(sequencePlanEndpoint, { id: view.id });
    expect(sounds.map(({ path: file, ...at }) => [path.basename(file), path.isAbsolute(file), at])).toEqual([
      ['AAAAA.wav', true, { track: 0, startFrame: 0, frames: 36, inFrame: 0 }],
      ['BBBBB.wav', true, { track: 1, startFrame: 24, frames: 36, inFrame: 0 }],
    ]);
  });

  test('broken pictures are told shot by shot; the others are queued', async () => {
    const view = await sendStoryboard(api, 'half', {
      'SH010.png': await drawing(10),
      'SH020.png': Buffer.from('no picture at all'),
    });
    expect(view.read?.shots.map((shot) => shot.problem?.code ?? 'fine')).toEqual(['fine', 'board-unreadable']);
    const { submitted, refused } = await api.call(animateStoryboardEndpoint, { id: view.id });
    expect([submitted, refused.map(({ shot }) => shot)]).toEqual([1, ['SH020']]);
    const plan = await api.call(sequencePlanEndpoint, { id: view.id });
    expect(plan.boards).toHaveLength(1);
    expect(plan.markers).toHaveLength(2);
  });

  test('boards go onto the shelf only as they were read', async () => {
    const view = await sendStoryboard(api, 'later', { 'SH010.png': await drawing(333) });
    await writeFile(path.join(folder.path, 'storyboards', view.id, 'files', 'SH010.png'), await drawing(334));
    const { submitted, refused } = await api.call(animateStoryboardEndpoint, { id: view.id });
    expect([submitted, refused[0]?.problem.code]).toEqual([0, 'board-missing']);
    expect(
      (await readdir(path.join(folder.path, 'storyboards', view.id))).filter((name) => name.startsWith('shelving')),
    ).toEqual([]);
  });

  test('the daemon answers while a reading process crashes or hangs, and what was half read is read after a restart', async () => {
    const crash = path.join(folder.path, 'crash.cjs');
    await writeFile(crash, 'process.abort();');
    const hang = path.join(folder.path, 'hang.cjs');
    await writeFile(hang, 'setInterval(() => {}, 1000);');
    await daemon.stop();
    await start(crash);
    const lost = await sendStoryboard(api, 'lost', { 'SH010.png': await drawing(1) });
    expect(lost).toMatchObject({ state: 'failed', problem: { code: 'board-unreadable', retry: true } });
    await daemon.stop();
    await start(hang);
    const { id } = await api.call(beginStoryboardEndpoint, {
      name: 'waits',
      files: [{ place: 'SH010.png', bytes: 3 }],
    });
    await api.call(storyboardPartEndpoint, { id, file: 0, from: 0, data: Buffer.from('abc').toString('base64') });
    expect((await api.call(readStoryboardEndpoint, { id })).state).toBe('reading');
    expect((await api.refusal(removeStoryboardEndpoint, { id })).code).toBe('busy');
    expect((await api.refusal(animateStoryboardEndpoint, { id })).code).toBe('busy');
    await daemon.stop();
    await start();
    const read = await until(async () => {
      const { imports: all } = await api.call(storyboardsEndpoint, {});
      const [mine, other] = [id, lost.id].map((wanted) => all.find((each) => each.id === wanted));
      return mine?.state === 'ready' && other?.state === 'ready' ? mine : null;
    });
    expect(read.shots).toBe(1);
  });

  test('everything kept is readable by its owner alone', async () => {
    if (process.platform === 'win32') return;
    const [first = ''] = await imports();
    for (const name of ['', first, `${first}/files`])
      expect((await stat(path.join(folder.path, 'storyboards', name))).mode & 0o077).toBe(0);
  });
});

describe('names', () => {
  test('of boards in a sequence tell their shot, whatever the storyboard calls it', () => {
    const shot = fc.record({
      name: fc.oneof(
        fc.constantFrom('SH010', '1A', 'The chase', 'Scene 3 / dawn', 'SH020', 'sh010', 'カット12'),
        fc.string(),
      ),
      boards: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(fc.array(shot, { minLength: 1, maxLength: 12 }), (shots) => {
        const named = sequenceNames(shots);
        const stems = named.flatMap((each) => each.stems.map((stem) => stem.toLowerCase()));
        expect(new Set(stems).size).toBe(stems.length);
        for (const [i, each] of named.entries()) {
          expect(each.stems).toHaveLength(shots[i]?.boards ?? 0);
          for (const stem of each.stems)
            expect(parseBoardName(`${stem}.png`)).toMatchObject({ shot: each.shot, words: '' });
        }
      }),
    );
    expect(
      sequenceNames([
        { name: 'SH010', boards: 2 },
        { name: '1A', boards: 1 },
      ]).map(({ stems }) => stems),
    ).toEqual([['SH010_A', 'SH010_B'], ['1A']]);
  });

  test('what was dropped is sorted into a storyboard, litter and what was left out', () => {
    const drop = (...places: string[]) => choose(places.map((place) => ({ place, file: null })));
    const folderDrop = drop('Film/b.png', 'Film/.DS_Store', 'Film/sub/a.psd', 'Film/notes.docx', 'Film/__MACOSX/x.png');
    expect(folderDrop).toMatchObject({ name: 'Film', left: ['Film/__MACOSX/x.png', 'Film/notes.docx'].slice(1) });
    expect(folderDrop.files.map(({ place }) => place)).toEqual(['Film/b.png', 'Film/sub/a.psd']);
    expect(drop('SH010.png', 'cut.edl').name).toBe('cut');
    expect(drop('SH010.png', 'SH020.png').name).toBe('SH010 – SH020');
    expect(drop('a:b.png').left).toEqual(['a:b.png']);
    expect(sourceOf(['Film/a/1.png', 'Film/a/2.png'])).toEqual({ place: 'Film/a', named: true });
    expect(sourceOf(['Film/x.storyboarder', 'Film/images/1.png'])).toEqual({ place: 'Film', named: true });
    expect(sourceOf(['1.png', '2.png'])).toEqual({ place: '', named: false });
    expect(z.array(zPlace).safeParse(folderDrop.files.map(({ place }) => place)).success).toBe(true);
  });
});
