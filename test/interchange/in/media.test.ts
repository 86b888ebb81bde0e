import path from 'node:path';
import { leadsAway, pathsOf } from '../../../companion-app/interchange/in/media/names';
import { MediaFinder } from '../../../companion-app/interchange/in/media/finder';
import { TestFolder } from './folder';

describe('how timelines name files', () => {
  test.each([
    ['file://localhost/C%3a/My%20Boards/SH010.png', 'C:/My Boards/SH010.png'],
    ['file:///D:/boards/a.png', 'D:/boards/a.png'],
    ['file:///C|/boards/a.png', 'C:/boards/a.png'],
    ['file://C:/boards/a.png', 'c:/boards/a.png'],
    ['file:///Users/anna/t%C3%A4ke%20%231.png', '/Users/anna/täke #1.png'],
    ['file://server/share/a.png', '//server/share/a.png'],
    ['file:/Users/a.png', '/Users/a.png'],
    ['C:\\boards\\a.png', 'C:/boards/a.png'],
    ['\\\\server\\share\\a.png', '//server/share/a.png'],
    ['../boards/a.png', '../boards/a.png'],
    ['100%.png', '100%.png'],
    ['file:///boards/100%.png', '/boards/100%.png'],
    ['a%20b.png', 'a%20b.png'],
  ])('%s', (reference, wanted) => {
    expect(pathsOf(reference)[0]).toBe(wanted);
  });

  test('a name that is not encoded is tried as it stands before it is decoded', () => {
    expect(pathsOf('a%20b.png')).toEqual(['a%20b.png', 'a b.png']);
  });

  test.each(['', '  ', 'http://host/a.png', 'smb://host/a.png', 'a\u0000.png', 'file:///a%00.png'])(
    '%j is no file',
    (reference) => {
      expect(pathsOf(reference).filter((p) => !p.includes('%00'))).toEqual([]);
    },
  );
});

describe('media that are not where the timeline says', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.remove());

  test('are found beside it, also below it, in another case and another form of accents', async () => {
    await folder.pictures('boards/SH010.PNG', 'boards/e\u0301tude.png', 'deep/er/SH020.png');
    const finder = new MediaFinder(folder.path);
    expect(await finder.find('file://localhost/C%3a/old/sh010.png')).toBe(folder.at('boards', 'SH010.PNG'));
    expect(await finder.find('/Volumes/x/\u00e9tude.png')).toBe(folder.at('boards', 'e\u0301tude.png'));
    expect(await finder.find('D:\\SH020.png')).toBe(folder.at('deep', 'er', 'SH020.png'));
    expect(await finder.find('SH030.png')).toBeNull();
  });

  test('of several with one name the one in folders of the same names is taken', async () => {
    await folder.pictures('sc01/a.png', 'sc02/a.png');
    const finder = new MediaFinder(folder.path);
    expect(await finder.find('file:///old/project/sc02/a.png')).toBe(folder.at('sc02', 'a.png'));
    expect(await finder.find('C:\\film\\sc01\\a.png')).toBe(folder.at('sc01', 'a.png'));
  });

  test('a clip without an extension is the picture of that name', async () => {
    await folder.pictures('SH010.png');
    expect(await new MediaFinder(folder.path).find('SH010')).toBe(path.join(folder.path, 'SH010.png'));
  });

  test('on a server or a device that the timeline does not lie on are not even looked at', async () => {
    await folder.pictures('SH010.png');
    const asked: string[] = [];
    const finder = new MediaFinder(folder.path, (file) => {
      asked.push(file);
      return Promise.resolve(false);
    });
    for (const away of [
      'file://evil.example/share/SH010.png',
      '\\\\evil\\share\\SH010.png',
      '\\\\?\\UNC\\evil\\x\\SH010.png',
    ])
      expect(await finder.find(away)).toBe(folder.at('SH010.png'));
    expect(asked).toEqual([]);
    await finder.find('/Volumes/film/SH010.png');
    expect(asked).toEqual(['/Volumes/film/SH010.png']);
  });
});

test.each([
  ['//nas/film/a.png', '/home/me', true],
  ['//nas/film/a.png', '\\\\NAS\\film', false],
  ['//./pipe/x', '\\\\.\\pipe', true],
  ['C:/a.png', 'C:\\film', false],
  ['a.png', '/home/me', false],
])('%s seen from %s leads away: %s', (file, from, away) => expect(leadsAway(file, from)).toBe(away));
