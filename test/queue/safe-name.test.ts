import fc from 'fast-check';
import { safeName } from '../../companion-app/queue';
import { clipName, clipPath } from '../../companion-app/queue/runner/folders';
import { zRenderOrder } from '../../companion-app/render/messages';
import { spec } from './fixtures/specs';

it.each([
  ['SH010', 'SH010'],
  ['SH 010 "final" (2)', 'SH_010_final_2'],
  ["it's 5 o'clock", 'it_s_5_o_clock'],
  ['../../etc/passwd', 'etc_passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['C:\\Windows', 'C_Windows'],
  ['shot 🎬 night', 'shot_night'],
  ['🎬', 'untitled'],
  ['', 'untitled'],
  ['...', 'untitled'],
  ['CON', '_CON'],
  ['nul.mov', '_nul.mov'],
  ['COM1', '_COM1'],
  ['console', 'console'],
  ['.hidden', 'hidden'],
  ['trailing. ', 'trailing'],
  ['a\u0000b\nc', 'a_b_c'],
  ['cafe\u0301', 'caf\u00e9'],
  ['夜のシーン', '夜のシーン'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['lone \ud83c surrogate', 'lone_surrogate'],
  ['-rf', 'rf'],
])('%j becomes %j', (name, safe) => expect(safeName(name)).toBe(safe));

it('gives names every system takes, whatever goes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 8, max: 80 }), (name, bytes) => {
      const safe = safeName(name, bytes);
      expect(safe).toMatch(/^[\p{L}\p{M}\p{Nd}_][\p{L}\p{M}\p{Nd}._-]*$/u);
      expect(safe).not.toMatch(/\.\.|[.\s]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(bytes);
      expect(safe).toBe(safe.normalize('NFC'));
      expect(safeName(safe, bytes)).toBe(safe);
    }),
    { numRuns: 2000 },
  );
});

it('names clips so that no two jobs share one, short enough for the render process', () => {
  const long = 'ナイト'.repeat(120);
  expect(clipName(spec(1, { name: 'SH010', take: 3 }))).toBe('SH010_t03_job-000001.mov');
  expect(clipPath('/takes', { ...spec(1, { sequence: '../up' }), codec: 'h264' })).toBe(
    '/takes/up/SH010_t01_job-000001.mp4',
  );
  const name = clipName({ ...spec(1, { name: long, take: 9999 }), id: 'z'.repeat(64) });
  expect(zRenderOrder.shape.fileName.safeParse(name).success).toBe(true);
  expect(Buffer.byteLength(name)).toBeLessThan(200);
});
