import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { BoardReading, FileAccess } from '../../../plugin/premiere';
import type { ExportFault } from '../../premiere-simulator';
import { clearMasters, newStage, nodeFiles, problemOf, strike, type Stage } from './stage';

afterEach(strike);
afterAll(clearMasters);

/** A runtime that may read its own temp folder only, as the manifest has it. */
const sandboxed: Partial<FileAccess> = {
  exists: (file) => (file.includes('/temp/') ? nodeFiles.exists(file) : Promise.reject(new Error('Permission denied'))),
  size: (file) => (file.includes('/temp/') ? nodeFiles.size(file) : Promise.reject(new Error('Permission denied'))),
  readFile: (file) =>
    file.includes('/temp/') ? nodeFiles.readFile(file) : Promise.reject(new Error('Permission denied')),
};

async function boards(stage: Stage): Promise<readonly BoardReading[]> {
  return (await stage.host.readSequence()).shots.flatMap((shot) => shot.boards);
}

async function colourOf(bytes: Uint8Array): Promise<number[]> {
  const { channels } = await sharp(bytes).stats();
  return channels.slice(0, 3).map((channel) => Math.round(channel.mean));
}

/** A blue SH010, which the runtime cannot read itself. */
async function composite(): Promise<{ stage: Stage; board: BoardReading }> {
  const stage = await newStage({ sequence: { size: { width: 64, height: 36 } }, files: sandboxed });
  await stage.board('SH010.png', 24, 48, { colour: '#0000ff' });
  const [board] = await boards(stage);
  return { stage, board: board! };
}

describe('a board with a file of its own', () => {
  test('is read from it, byte for byte, and Premiere is not asked', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 0, 24);
    const [board] = await boards(stage);
    const exported = await stage.host.exportBoard(stage.ref, board!);
    expect(exported).toMatchObject({ source: 'media', path: board!.mediaPath });
    expect(Buffer.from(exported.bytes).equals(await readFile(board!.mediaPath!))).toBe(true);
    expect(stage.sim.calls).not.toContain('Exporter.exportSequenceFrame');
  });

  test('that is gone, empty or offline is told with what to do', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 0, 24);
    const [board] = await boards(stage);
    await writeFile(board!.mediaPath!, '');
    const empty = await problemOf(stage.host.exportBoard(stage.ref, board!));
    expect(empty).toMatchObject({ code: 'board-unreadable', retry: true });
    await rm(board!.mediaPath!);
    const missing = await problemOf(stage.host.exportBoard(stage.ref, board!));
    expect(missing).toMatchObject({ code: 'board-missing', retry: true });
    for (const problem of [empty, missing]) {
      expect(problem.message).toContain('SH010.png');
      expect(problem.action).toMatch(/Retry/);
    }
  });
});

describe("Premiere's picture of a board", () => {
  test('stands in where the file may not be read, and leaves no file', async () => {
    const { stage, board } = await composite();
    const exported = await stage.host.exportBoard(stage.ref, board);
    expect(exported.source).toBe('composite');
    expect(await colourOf(exported.bytes)).toEqual([0, 0, 255]);
    expect(await readdir(stage.temp)).toEqual([]);
    expect(stage.project.undoStack).toEqual([]);
  });

  test('stands in for formats that the companion does not decode', async () => {
    const stage = await newStage({ sequence: { size: { width: 64, height: 36 } } });
    const png = await stage.picture('a.png', '#00ff00');
    await stage.sequence.addStill({ path: await bmpOf(stage, png), start: 0, frames: 24 });
    const [board] = await boards(stage);
    const exported = await stage.host.exportBoard(stage.ref, board!);
    expect(exported.source).toBe('composite');
  });

  test('never shows a take: it is hidden for the export and shown again', async () => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    const before = stage.layout();
    const exported = await stage.host.exportBoard(stage.ref, board);
    expect(await colourOf(exported.bytes)).toEqual([0, 0, 255]);
    expect(stage.layout()).toBe(before);
  });

  const lies: ExportFault[] = ['false-but-written', 'late', 'double-extension', 'late-double-extension'];
  test.each(lies)('is found although the host does this: %s', async (fault) => {
    const { stage, board } = await composite();
    stage.sim.faults.exports = [fault];
    const exported = await stage.host.exportBoard(stage.ref, board);
    expect(await colourOf(exported.bytes)).toEqual([0, 0, 255]);
    expect(await readdir(stage.temp)).toEqual([]);
  });

  const failures: ExportFault[] = ['true-but-missing', 'false-missing', 'throws'];
  test.each(failures)('that never comes (%s) is told, takes are shown again, and Retry works', async (fault) => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    const before = stage.layout();
    stage.sim.faults.exports = [fault];
    const problem = await problemOf(stage.host.exportBoard(stage.ref, board));
    expect(problem).toMatchObject({ code: 'host-export-failed', retry: true });
    expect(problem.message).toContain('SH010.png');
    expect(problem.action).toMatch(/Retry/);
    expect(stage.layout()).toBe(before);
    expect((await stage.host.exportBoard(stage.ref, board)).source).toBe('composite');
  });

  test('is asked for one at a time', async () => {
    const { stage, board } = await composite();
    await stage.board('SH020.png', 72, 24, { colour: '#ff0000' });
    const second = (await boards(stage))[1]!;
    const exported = await Promise.all([board, second, board].map((b) => stage.host.exportBoard(stage.ref, b)));
    expect(await Promise.all(exported.map(({ bytes }) => colourOf(bytes)))).toEqual([
      [0, 0, 255],
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });

  test('is not taken of another board that lies there now', async () => {
    const { stage, board } = await composite();
    stage.sim.user.move(stage.sequence.clip('SH010.png'), { frame: 200 });
    expect(await problemOf(stage.host.exportBoard(stage.ref, board))).toMatchObject({ code: 'host-board-changed' });
    await stage.board('SH099.png', 24, 48);
    expect(await problemOf(stage.host.exportBoard(stage.ref, board))).toMatchObject({ code: 'host-board-changed' });
  });

  test('takes stay as the artist had them: a hidden one is not shown', async () => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    await stage.host.setTakeEnabled(stage.ref, 'job-0001', false);
    const before = stage.layout();
    await stage.host.exportBoard(stage.ref, board);
    expect(stage.layout()).toBe(before);
  });

  test('takes that an export left hidden, because Premiere went away in it, are shown at the next look', async () => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    const reached = new Promise<void>((resolve) => {
      stage.sim.user.during('Exporter.exportSequenceFrame', () => {
        resolve();
        return new Promise<void>(() => undefined);
      });
    });
    void stage.host.exportBoard(stage.ref, board);
    await reached;
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48 off']);
    expect(await stage.newHost().placedTakes(stage.ref)).toMatchObject([{ jobId: 'job-0001', enabled: true }]);
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
  });

  test('takes that cannot be shown again are named to the artist', async () => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    stage.sim.user.during('Exporter.exportSequenceFrame', () => {
      stage.sim.faults.transactionsRefused = [true, true, true];
    });
    const problem = await problemOf(stage.host.exportBoard(stage.ref, board));
    expect(problem).toMatchObject({ code: 'host-transaction-failed' });
    expect(problem.message).toContain('SH010_t01_job-0001.mov');
    expect(problem.action).toMatch(/Clip > Enable/);
  });

  test('a project that is switched in the middle is not searched for the picture', async () => {
    const { stage, board } = await composite();
    await stage.host.placeTake(await stage.take());
    const other = stage.sim.addProject({ name: 'Other.prproj' });
    stage.sim.user.switchProject(stage.project);
    stage.sim.user.during('Exporter.exportSequenceFrame', () => stage.sim.user.switchProject(other));
    expect(await problemOf(stage.host.exportBoard(stage.ref, board))).toMatchObject({ code: 'host-project-changed' });
    stage.sim.user.switchProject(stage.project);
    expect(await stage.host.placedTakes(stage.ref)).toMatchObject([{ enabled: true }]);
  });
});

/** The same picture as a bitmap, which sharp does not write: header and rows by hand. */
async function bmpOf(stage: Stage, png: string): Promise<string> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const row = Math.ceil((info.width * 3) / 4) * 4;
  const bmp = Buffer.alloc(54 + row * info.height);
  bmp.write('BM', 0);
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(info.width, 18);
  bmp.writeInt32LE(-info.height, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  for (let y = 0; y < info.height; y += 1) {
    for (let x = 0; x < info.width * 3; x += 1) bmp[54 + y * row + x] = data[y * info.width * 3 + x] ?? 0;
  }
  const file = `${stage.folder}/SH010.bmp`;
  await writeFile(file, bmp);
  return file;
}
