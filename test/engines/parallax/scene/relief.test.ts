import fc from 'fast-check';
import { readBoard } from '../../../../companion-app/engines/parallax/scene';
import { at, board, figure } from './drawings';

describe('reading a line drawing', () => {
  test('a figure stands before its paper, as one piece with its strokes', async () => {
    const { relief } = readBoard(await board(figure(320, 320, 260)));
    expect(relief.kind).toBe('line');
    expect(relief.pieces).toHaveLength(1);
    expect(at(relief, 0.5, 0.6)).toBeGreaterThan(at(relief, 0.1, 0.2) + 0.2);
    // The outline of the body, left and right, has the nearness of its inside.
    const left = (320 - 0.16 * 260) / 640;
    expect(at(relief, left, 0.5)).toBe(at(relief, 0.5, 0.6));
  });

  test('of two figures the one that stands lower is nearer', async () => {
    const { relief } = readBoard(await board(figure(180, 250, 120) + figure(450, 340, 220)));
    expect(relief.pieces).toHaveLength(2);
    expect(at(relief, 450 / 640, 0.7)).toBeGreaterThan(at(relief, 180 / 640, 0.6) + 0.1);
  });

  test('gaps in a contour do not let the paper in', async () => {
    const gappy = figure(320, 320, 260).replaceAll(
      'stroke-width="4"',
      'stroke-width="4" stroke-dasharray="70 9" fill-opacity="0"',
    );
    const { relief } = readBoard(await board(gappy));
    expect(at(relief, 0.5, 0.6)).toBeGreaterThan(at(relief, 0.1, 0.2) + 0.2);
  });

  test('a bust cut by the lower edge is nearer than anything that stands in the frame', async () => {
    const bust =
      '<path d="M150 362C170 230 260 240 280 210L360 210C380 240 470 230 490 362" fill="none" stroke="#111" stroke-width="4"/><circle cx="320" cy="140" r="80" fill="#fff" stroke="#111" stroke-width="4"/>';
    const { relief } = readBoard(await board(figure(80, 300, 120) + bust));
    expect(at(relief, 0.5, 0.9)).toBeGreaterThan(at(relief, 80 / 640, 0.7) + 0.1);
    expect(at(relief, 0.5, 0.4)).toBe(at(relief, 0.5, 0.9));
  });

  test('the walls of a room come nearer towards the sides, its back wall is no figure', async () => {
    const pen = 'fill="none" stroke="#222" stroke-width="3"';
    const room = `<path ${pen} d="M220 70H420V230H220ZM0 -20L220 70M640 -20L420 70M0 370L220 230M640 370L420 230"/>`;
    const { relief } = readBoard(await board(room + figure(330, 330, 150)));
    expect(at(relief, 0.03, 0.5)).toBeGreaterThan(at(relief, 0.4, 0.3) + 0.2);
    expect(at(relief, 0.97, 0.5)).toBeGreaterThan(at(relief, 0.6, 0.3) + 0.2);
    expect(at(relief, 330 / 640, 0.75)).toBeGreaterThan(at(relief, 0.4, 0.3) + 0.2);
    expect(relief.pieces).toHaveLength(1);
  });

  test('pale construction lines under dark ones bound nothing', async () => {
    const grid = Array.from(
      { length: 12 },
      (_, i) => `<path d="M${i * 58} 360L320 150" stroke="#dde4ee" stroke-width="2"/>`,
    ).join('');
    const { relief } = readBoard(await board(grid + figure(320, 320, 200)));
    expect(relief.pieces).toHaveLength(1);
  });
});

describe('boards that are not drawings', () => {
  test('blank paper is one flat sheet', async () => {
    const { relief } = readBoard(await board('', 640, 360, '#f4f1ea'));
    expect(relief.kind).toBe('blank');
    expect(relief.pieces).toHaveLength(0);
    expect(new Set(relief.near).size).toBe(1);
  });

  test('a shaded figure before a shaded wall stands out', async () => {
    const body =
      '<defs><linearGradient id="w" x2="0" y2="1"><stop stop-color="#9aa4b8"/><stop offset="1" stop-color="#565c6a"/></linearGradient><radialGradient id="f"><stop stop-color="#c98f5b"/><stop offset="1" stop-color="#6d3f1f"/></radialGradient></defs>' +
      '<rect width="640" height="360" fill="url(#w)"/><ellipse cx="330" cy="210" rx="70" ry="130" fill="url(#f)"/>';
    const { relief } = readBoard(await board(body));
    expect(relief.kind).toBe('tone');
    expect(at(relief, 330 / 640, 0.5)).toBeGreaterThan(at(relief, 0.1, 0.3) + 0.1);
  });

  test('any noise at any size gives a whole map of numbers from 0 to 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer(),
        (width, height, seed) => {
          let state = seed | 1;
          const rgb = Uint8Array.from({ length: width * height * 3 }, () => {
            state = (Math.imul(state, 1664525) + 1013904223) | 0;
            return state >>> 24;
          });
          const { relief } = readBoard({ width, height, rgb });
          return relief.near.length === relief.width * relief.height && relief.near.every((v) => v >= 0 && v <= 1);
        },
      ),
      { numRuns: 40 },
    );
  });
});
