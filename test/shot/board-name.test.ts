import fc from 'fast-check';
import { boardName, parseBoardName } from '../../shared/shot/board-name';

describe('parseBoardName', () => {
  test.each([
    ['SH010.png', 'SH010', '', ''],
    ['SH010_A.png', 'SH010', 'A', ''],
    ['SH010_b.png', 'SH010', 'B', ''],
    ['SH010 A', 'SH010', 'A', ''],
    ['SH010-1.jpg', 'SH010', '1', ''],
    ['SH010_02', 'SH010', '02', ''],
    ['SH010A.png', 'SH010A', '', ''],
    ['sh010_A', 'sh010', 'A', ''],
    ['Shot 12 - B', 'Shot 12', 'B', ''],
    ['EP01_SQ02_SH030_C.psd', 'EP01_SQ02_SH030', 'C', ''],
    ['The Kitchen SH010_A.tif', 'The Kitchen SH010', 'A', ''],
    ['SH010 push in on Anna', 'SH010', '', 'push in on Anna'],
    ['SH010 a wide shot', 'SH010', '', 'a wide shot'],
    ['SH010_A_push_in_slow.png', 'SH010', 'A', 'push in slow'],
    ['SH010_A - whip pan left', 'SH010', 'A', 'whip pan left'],
    ['SH010_A_v02.png', 'SH010', 'A', ''],
    ['SH010 final pose, hold', 'SH010', '', 'final pose, hold'],
    ['SH010 30° pan left', 'SH010', '', '30° pan left'],
    ['panel_3.png', 'panel_3', '', ''],
    ['panel_3_A.png', 'panel_3', 'A', ''],
    ['010-2.png', '010', '2', ''],
    ['1A.png', '1A', '', ''],
    ['EP01_SC02_020.png', 'EP01_SC02_020', '', ''],
    ['kitchen wide', 'kitchen wide', '', ''],
    ["SH010 A's turn", 'SH010', '', "A's turn"],
    ['', 'Untitled', '', ''],
    ['.png', 'Untitled', '', ''],
    ['🎬 “Anna”.png', '🎬 “Anna”', '', ''],
  ])('%j is shot %j, board %j, words %j', (name, shot, board, words) => {
    expect(parseBoardName(name)).toMatchObject({ shot, board, words });
  });

  test('numbered panels of a scene are shots of their own, not boards of one', () => {
    const shots = ['board_1.png', 'board_2.png', 'EP01_SC02_01.png', 'EP01_SC02_02.png'].map(
      (n) => parseBoardName(n).shot,
    );
    expect(new Set(shots).size).toBe(4);
  });

  test('never throws, never leaves the shot without a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const read = parseBoardName(name);
        return read.shot.length > 0 && read.shot === read.shot.trim() && read.words === read.words.trim();
      }),
    );
  });

  test('a board letter never changes the shot', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9990 }),
        fc.constantFrom('SH', 'sh', 'Shot ', 'SQ10_SH', 'CUT'),
        fc.constantFrom('A', 'B', 'Q'),
        fc.constantFrom('_', '-', ' '),
        (n, prefix, letter, separator) => {
          const code = `${prefix}${String(n).padStart(3, '0')}`;
          const read = parseBoardName(`${code}${separator}${letter}.png`);
          expect(read).toMatchObject({ shot: code, code: 'token', board: letter });
        },
      ),
    );
  });
});

describe('boardName', () => {
  test('a clip renamed to plain words keeps the code of its file, and the words become its note', () => {
    expect(boardName('push in slowly', 'SH010_A.png')).toEqual({
      shot: 'SH010',
      code: 'token',
      board: 'A',
      words: 'push in slowly',
    });
  });

  test('a clip name with a code wins over the file', () => {
    expect(boardName('SH020 hold', 'SH010_A.png')).toMatchObject({ shot: 'SH020', words: 'hold' });
  });

  test('a file name alone is no note', () => {
    expect(boardName('SH010.png', 'SH010.png').words).toBe('');
  });

  test('without any code the clip is its own shot', () => {
    expect(boardName('kitchen', 'wide view.png')).toMatchObject({ shot: 'kitchen', code: 'none', words: '' });
  });
});
