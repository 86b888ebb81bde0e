import fc from 'fast-check';
import { groupBoards, shotIds, type BoardSpan } from '../../../plugin/premiere/group-shots';
import { parseBoardName } from '../../../shared/shot/board-name';
import { LIMITS } from '../../../shared/protocol/limits';

const board = (name: string, start: number, end: number): BoardSpan => ({
  start,
  end,
  trackIndex: 0,
  name: parseBoardName(name),
});
const marker = (start: number, end: number, name = '') => ({ start, end, name, comments: '' });
const shape = (boards: readonly BoardSpan[], markers: Parameters<typeof groupBoards>[1] = []) =>
  groupBoards(boards, markers).map((group) => [group.shotName, group.boards.map((b) => b.start)]);

describe('groupBoards', () => {
  test('boards of one code that touch are one shot', () => {
    expect(shape([board('SH010_A', 0, 24), board('SH010_B', 24, 48), board('SH020', 48, 60)])).toEqual([
      ['SH010', [0, 24]],
      ['SH020', [48]],
    ]);
  });

  test('a gap of one frame ends a shot', () => {
    expect(shape([board('SH010_A', 0, 24), board('SH010_B', 25, 48)])).toEqual([
      ['SH010', [0]],
      ['SH010', [25]],
    ]);
  });

  test('a marker that covers both joins boards that name no shot, and gives its code', () => {
    const boards = [board('kitchen wide', 0, 24), board('kitchen close', 24, 48)];
    expect(shape(boards)).toHaveLength(2);
    expect(shape(boards, [marker(0, 48, 'SH070 argument')])).toEqual([['SH070', [0, 24]]]);
    expect(shape(boards, [marker(0, 47)])).toHaveLength(2);
    expect(shape(boards, [marker(0, 0), marker(24, 24)])).toHaveLength(2);
  });

  test('a scene marker over everything leaves two named shots apart', () => {
    expect(shape([board('SH010', 0, 24), board('SH020', 24, 48)], [marker(0, 100, 'Scene 1')])).toHaveLength(2);
  });

  test('a board without a name of its own does not tie two named shots together', () => {
    const boards = [board('SH010', 0, 24), board('insert', 24, 48), board('SH020', 48, 72)];
    expect(shape(boards, [marker(0, 72, 'Scene 1')])).toEqual([
      ['SH010', [0, 24]],
      ['SH020', [48]],
    ]);
  });

  test('a shot never has more boards or frames than the protocol takes', () => {
    const many = Array.from({ length: LIMITS.boardsPerShot + 3 }, (_, i) => board('SH010', i, i + 1));
    expect(groupBoards(many, []).map((g) => g.boards.length)).toEqual([LIMITS.boardsPerShot, 3]);
    const long = [
      board('SH010_A', 0, LIMITS.framesPerShot),
      board('SH010_B', LIMITS.framesPerShot, LIMITS.framesPerShot + 1),
    ];
    expect(groupBoards(long, [])).toHaveLength(2);
  });

  test('every board is in exactly one shot, in order, and shots hold no gap', () => {
    const arbitrary = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 2 }),
        length: fc.integer({ min: 1, max: 30 }),
        name: fc.constantFrom('SH010_A', 'SH010_B', 'SH020', 'sea', 'panel_2'),
      }),
      { maxLength: 30 },
    );
    const spans = fc.array(
      fc.tuple(fc.nat(300), fc.nat(200)).map(([start, length]) => marker(start, start + length)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(arbitrary, spans, (pieces, markers) => {
        let at = 0;
        const boards = pieces.map(({ gap, length, name }) => {
          const start = at + gap;
          at = start + length;
          return board(name, start, at);
        });
        const groups = groupBoards(boards, markers);
        expect(groups.flatMap((g) => g.boards)).toEqual(boards);
        for (const { boards: inShot } of groups) {
          inShot.slice(1).forEach((b, i) => expect(b.start).toBe(inShot[i]!.end));
        }
      }),
    );
  });
});

describe('shotIds', () => {
  test('numbers repeated names from the second on, cases alike', () => {
    expect(shotIds(['SH010', 'SH020', 'sh010', 'SH010'])).toEqual(['SH010', 'SH020', 'sh010#2', 'SH010#3']);
  });

  test('are unique whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'a', 'A#2', 'a#3', 'B')), (names) => {
        expect(new Set(shotIds(names).map((id) => id.toLowerCase())).size).toBe(names.length);
      }),
    );
  });
});
