import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeClip, writeAnimatic } from '../../companion-app/media';
import { writeThumbnail } from '../../companion-app/media/grab';
import { ffmpegError, fileError } from '../../companion-app/media/media-error';
import { RATES } from '../../shared/shot';
import { picture, sweep } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('disk');
const rate = RATES['24'];
const size = { width: 640, height: 360 };

/** A file system of 300 kB, or why there is none: only root on Linux may make one. */
function smallDisk(): { readonly at: string } | { readonly without: string } {
  if (process.platform !== 'linux') return { without: 'only Linux has tmpfs' };
  const at = mkdtempSync(path.join(tmpdir(), 'inbetween-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', at], { stdio: 'pipe' });
    return { at };
  } catch {
    rmSync(at, { recursive: true });
    return { without: 'mounting a tmpfs needs root' };
  }
}

const small = smallDisk();
const disk = 'at' in small ? small.at : '';
const onDisk = 'at' in small ? it : it.skip;
const reason = 'without' in small ? ` (skipped: ${small.without})` : '';

afterAll(() => {
  if (disk === '') return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

async function* noise(width: number, height: number, count: number): AsyncGenerator<ReturnType<typeof picture>> {
  for (let n = 0; n < count; n += 1) {
    await Promise.resolve();
    yield picture(width, height, (x, y) => [(x * 31 + y * 17 + n) % 256, (x * y + n) % 256, (x * 7 + y * 3) % 256]);
  }
}

describe(`a full disk${reason}`, () => {
  onDisk.each(['prores-proxy', 'dnxhr-lb', 'h264'] as const)(
    'while a clip in %s is written: a clear word, nothing left',
    async (codec) => {
      const work = encodeClip({ path: path.join(disk, 'clip'), size, rate, frames: 40, codec }, noise(640, 360, 40));
      await expect(work).rejects.toMatchObject({ problem: { code: 'disk-full', retry: true } });
      expect(readdirSync(disk)).toEqual([]);
      expect(statfsSync(disk).bfree).toBe(statfsSync(disk).blocks);
    },
  );

  onDisk('while the cut or a thumbnail is written', async () => {
    const clip = path.join(folder(), 'clip.mov');
    await encodeClip({ path: clip, size, rate, frames: 20, codec: 'prores-proxy' }, noise(640, 360, 20));
    const out = path.join(disk, 'cut.mp4');
    await expect(
      writeAnimatic({ out, rate, size, entries: [{ kind: 'clip', path: clip, frames: 200 }] }),
    ).rejects.toMatchObject({
      problem: { code: 'disk-full' },
    });
    const large = picture(2000, 1500, (x, y) => [(x * y) % 256, (x * 31) % 256, (y * 57) % 256]);
    await expect(writeThumbnail(path.join(disk, 'thumb.jpg'), large)).rejects.toMatchObject({
      problem: { code: 'disk-full' },
    });
    expect(readdirSync(disk)).toEqual([]);
  });
});

describe('what ffmpeg and the file system say', () => {
  it.each([
    ['av_interleaved_write_frame(): No space left on device', 'disk-full'],
    ['clip.mov: Disk quota exceeded', 'disk-full'],
    ['/x/clip.mov.partial: Permission denied', 'folder-unwritable'],
    ['/x/clip.mov.partial: Read-only file system', 'folder-unwritable'],
    ['Something else went wrong', 'encode-failed'],
    ['', 'encode-failed'],
  ])('%j', (stderr, code) => {
    const { problem } = ffmpegError('clip.mov', stderr, new Error('ffmpeg exited with code 1'));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('clip.mov');
    expect(problem.action).not.toBe('');
  });

  it('as codes of the system', () => {
    const withCode = (code: string): Error => Object.assign(new Error(code), { code });
    expect(
      ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'].map((code) => fileError('a', withCode(code))?.problem.code),
    ).toEqual(['disk-full', 'disk-full', 'folder-unwritable', 'folder-unwritable', undefined]);
  });
});

it('ten minutes at 24 frames a second go through in one piece, a frame at a time', async () => {
  const file = path.join(folder(), 'long.mp4');
  const before = process.memoryUsage().rss;
  let most = before;
  async function* watched(): AsyncGenerator<ReturnType<typeof picture>> {
    let n = 0;
    for await (const frame of sweep(64, 36, 14_400, 2)) {
      n += 1;
      if (n % 500 === 0) most = Math.max(most, process.memoryUsage().rss);
      yield frame;
    }
  }
  await encodeClip({ path: file, size: { width: 64, height: 36 }, rate, frames: 14_400, codec: 'h264' }, watched());
  // All frames together would be 100 MB.
  expect((most - before) / 1e6).toBeLessThan(60);
}, 90_000);
