import fc from 'fast-check';
import { extension, fileName, inFolder, isDecodable, isStill, samePathKey } from '../../../plugin/premiere/paths';
import { parseTakeName, shotNameKey } from '../../../plugin/premiere/take-name';
import { parseLedger, remember } from '../../../plugin/premiere/ledger';

describe('samePathKey', () => {
  test.each([
    ['C:\\Takes\\SH010.mov', 'c:/takes/SH010.mov'],
    ['\\\\?\\C:\\Takes\\a.mov', 'C:/Takes/a.mov'],
    ['\\\\?\\UNC\\nas\\show\\a.mov', '//nas/show/a.mov'],
    ['\\\\nas\\show\\a.mov', '//nas/show/a.mov'],
    ['file:///C:/Takes/a.mov', 'C:/Takes/a.mov'],
    ['file:///Users/anna/a.mov', '/Users/anna/a.mov'],
    ['file://localhost/Users/anna/a.mov', '/Users/anna/a.mov'],
    ['/Users//anna/a.mov', '/Users/anna/a.mov'],
    ['/Users/Zo\u0065\u0308/a.mov', '/Users/Zo\u00eb/a.mov'],
  ])('%j and %j are one file', (a, b) => {
    expect(samePathKey(a)).toBe(samePathKey(b));
  });

  test('is its own key', () => {
    fc.assert(fc.property(fc.webPath(), (path) => samePathKey(samePathKey(path)) === samePathKey(path)));
  });

  test('tells different files apart', () => {
    expect(samePathKey('/a/SH010_t01_job00001.mov')).not.toBe(samePathKey('/a/SH010_t02_job00002.mov'));
  });
});

test('names, extensions and folders of either system', () => {
  expect(fileName('C:\\a\\b c.PNG')).toBe('b c.PNG');
  expect(extension('/a.b/SH010')).toBe('');
  expect(extension('/a/.png')).toBe('');
  expect(extension('C:\\a\\b.PNG')).toBe('png');
  expect(inFolder('C:\\temp', 'a')).toBe('C:\\temp\\a');
  expect(inFolder('/tmp/', 'a')).toBe('/tmp/a');
  expect([isStill('a.tga'), isDecodable('a.tga'), isStill('a.mov'), isStill('a.gif')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

describe('parseTakeName', () => {
  test('reads shot, take and job', () => {
    expect(parseTakeName('/x/SH010_t03_01hq-abc123.mov')).toEqual({ shot: 'SH010', take: 3, jobId: '01hq-abc123' });
    expect(parseTakeName('C:\\x\\The_t_end_t12_abcdefgh.mp4')).toEqual({
      shot: 'The_t_end',
      take: 12,
      jobId: 'abcdefgh',
    });
  });

  test.each([
    'SH010.mov',
    'SH010_t03.mov',
    'SH010_t03_short.mov',
    'SH010_t03_abcdefgh.avi',
    'SH010_t03_ABCDEFGH.mov',
    '',
  ])('%j is none', (name) => {
    expect(parseTakeName(name)).toBeNull();
  });

  test('a shot is the same in a file name, whatever could not be written there', () => {
    expect(shotNameKey('Shot 12: “Anna?”')).toBe(shotNameKey('Shot_12___Anna__'));
  });
});

describe('ledger', () => {
  const entry = (jobId: string) => ({ jobId, shot: 'SH010', take: 1, file: `SH010_t01_${jobId}.mov` });

  test.each(['', 'null', '[]', '{"v":2,"takes":[],"hidden":[]}', '{"v":1,"takes":[{}],"hidden":[]}', '{'])(
    '%j counts as no ledger',
    (text) => {
      expect(parseLedger(text).takes).toEqual([]);
    },
  );

  test('keeps one entry a job and survives storing', () => {
    const twice = remember(remember(parseLedger(''), [entry('job-1')]), [entry('job-2'), entry('job-1')]);
    expect(parseLedger(JSON.stringify(twice)).takes.map((e) => e.jobId)).toEqual(['job-2', 'job-1']);
  });

  test('forgets the oldest first when it grows too long', () => {
    const many = remember(
      parseLedger(''),
      Array.from({ length: 5000 }, (_, i) => entry(`job-${i}`)),
    );
    expect(many.takes).toHaveLength(4000);
    expect(many.takes.at(-1)?.jobId).toBe('job-4999');
  });
});
