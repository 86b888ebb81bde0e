import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { path as packaged } from '@ffmpeg-installer/ffmpeg';
import { path as packagedProbe } from '@ffprobe-installer/ffprobe';
import { encodeClip, grabFrames, locateFfmpeg, probeClip, writeAnimatic, type Codec } from '../../companion-app/media';
import { InbetweenError } from '../../shared/problem';
import { RATES } from '../../shared/shot';
import { pixel, sweep } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('location');
const posix = process.platform !== 'win32';

/** An executable that does what this shell script says. */
function program(name: string, script: string): string {
  const file = path.join(folder(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('ffmpeg is found', () => {
  it('where FFMPEG_PATH says', async () => {
    const found = await locateFfmpeg({ PATH: process.env.PATH, FFMPEG_PATH: packaged });
    expect(found.ffmpeg).toBe(packaged);
    expect(found.version).toMatch(/^ffmpeg version/);
  });

  it('among the packages when there is none on PATH', async () => {
    const found = await locateFfmpeg({ PATH: path.join(folder(), 'nothing-here') });
    expect(found).toMatchObject({ ffmpeg: packaged, ffprobe: packagedProbe });
  });

  (posix ? it : it.skip)('among the packages when the one on PATH lacks encoders', async () => {
    program('poor/ffmpeg', 'case "$*" in *-version*) echo "ffmpeg version poor";; *) echo " V....D libx264 x";; esac');
    const found = await locateFfmpeg({ PATH: `${path.join(folder(), 'poor')}:/bin:/usr/bin` });
    expect(found.ffmpeg).toBe(packaged);
  });
});

describe('ffmpeg is missing', () => {
  const cases: (readonly [string, () => string, RegExp])[] = [
    ['when the path named is not there', () => path.join(folder(), 'none'), /not there.*FFMPEG_PATH/],
    ['when the path named is a folder', () => folder(), /not executable.*FFMPEG_PATH/],
  ];
  if (posix) {
    cases.push(
      ['when it lacks encoders', () => program('old', 'echo "ffmpeg version old"'), /lacks the encoders prores_aw/],
      ['when it does not run', () => program('broken', 'exit 3'), /exit status 3/],
    );
  }

  it.each(cases)('%s', async (_, named, says) => {
    const search = locateFfmpeg({ PATH: process.env.PATH, FFMPEG_PATH: named() });
    const { problem } = await search.then(
      () => Promise.reject(new Error('it was found')),
      (error: unknown) => (error instanceof InbetweenError ? error : Promise.reject(new Error(String(error)))),
    );
    expect(problem).toMatchObject({ code: 'ffmpeg-missing', retry: true });
    expect(`${problem.message} ${problem.action}`).toMatch(says);
  });

  it('and may come later: a search that failed is not remembered', async () => {
    const file = path.join(folder(), 'later');
    const env = { PATH: process.env.PATH, FFMPEG_PATH: file };
    await expect(locateFfmpeg(env)).rejects.toThrow();
    program('later', `exec "${packaged}" "$@"`);
    if (posix) expect((await locateFfmpeg(env)).ffmpeg).toBe(file);
  });
});

describe('the packaged ffmpeg of 2018 does all that is asked of it', () => {
  const before = { ...process.env };
  const size = { width: 256, height: 144 };
  const rate = RATES['29.97'];
  beforeAll(() => Object.assign(process.env, { FFMPEG_PATH: packaged, FFPROBE_PATH: packagedProbe }));
  afterAll(() => {
    for (const name of ['FFMPEG_PATH', 'FFPROBE_PATH']) {
      const value = before[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it.each(['prores-proxy', 'dnxhr-lb', 'h264'] as const)('%s', async (codec: Codec) => {
    const clip = { path: path.join(folder(), `old-${codec}.${codec === 'h264' ? 'mp4' : 'mov'}`), size, rate };
    await encodeClip({ ...clip, frames: 9, codec, title: 'SH 1' }, sweep(256, 144, 9));
    const facts = await probeClip(clip.path);
    expect(facts).toMatchObject({ frames: 9, rate, size, title: 'SH 1' });
    expect(facts.color).toMatchObject({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709' });
    const [frame] = await grabFrames(clip, [5]);
    if (!frame) throw new Error('no frame');
    expect(pixel(frame, 44, 70)[0]).toBeGreaterThan(200);
    const out = `${clip.path}.cut.mp4`;
    await writeAnimatic({
      out,
      rate,
      size,
      entries: [
        { kind: 'clip', path: clip.path, frames: 12 },
        { kind: 'black', frames: 1 },
      ],
    });
    expect(await probeClip(out)).toMatchObject({ frames: 13, rate });
  });
});
