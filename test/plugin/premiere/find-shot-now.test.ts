import { findShotNow } from '../../../plugin/premiere/find-shot-now';
import type { ShotReading } from '../../../plugin/premiere';
import { RATES } from '../../../shared/shot';

function shot(
  name: string,
  startFrame: number,
  frames: number,
  boards: string[] = [`${name}.png`],
  trackIndex = 0,
): ShotReading {
  return {
    draft: {
      id: name,
      name,
      rate: RATES['24'],
      dropFrame: false,
      startFrame,
      frames,
      size: { width: 1920, height: 1080 },
      fit: 'letterbox',
      notes: '',
    },
    boards: boards.map((file, i) => ({
      at: i,
      name: file,
      mediaPath: `/b/${file}`,
      itemStartFrame: startFrame + i,
      trackIndex,
    })),
    trackIndex,
    notes: [],
  };
}

const asked = { shotName: 'SH010', startFrame: 100, frames: 48, trackAbove: 0 };

describe('findShotNow', () => {
  test('finds the shot where it was', () => {
    const there = shot('SH010', 100, 48);
    expect(findShotNow([shot('SH020', 0, 100), there], asked)).toEqual({ found: 'here', shot: there });
  });

  test('prefers the asked track where two lie over each other', () => {
    const upper = shot('SH010', 100, 48, undefined, 1);
    expect(findShotNow([shot('SH010', 100, 48), upper], { ...asked, trackAbove: 1 })).toEqual({
      found: 'here',
      shot: upper,
    });
  });

  test('follows a shot that moved', () => {
    const moved = shot('SH010', 300, 48);
    expect(findShotNow([moved, shot('SH020', 100, 48)], asked)).toEqual({ found: 'moved', shot: moved });
  });

  test('says when it has another length', () => {
    expect(findShotNow([shot('SH010', 100, 40)], asked)).toMatchObject({ found: 'trimmed' });
  });

  test('does not take another board of the same length for it', () => {
    expect(findShotNow([shot('SH099', 100, 48)], asked)).toEqual({ found: 'gone' });
  });

  test('knows a renamed shot by its boards', () => {
    const renamed = shot('Opening', 100, 48, ['SH010.png']);
    expect(findShotNow([renamed], { ...asked, boards: ['SH010.png'] })).toEqual({ found: 'here', shot: renamed });
    expect(findShotNow([renamed], asked)).toEqual({ found: 'gone' });
  });

  test('does not guess between two of a name', () => {
    expect(findShotNow([shot('SH010', 0, 48), shot('SH010', 300, 48)], asked)).toEqual({ found: 'ambiguous' });
  });

  test('tells two of a name apart by their boards', () => {
    const right = shot('SH010', 300, 48, ['SH010_v2.png']);
    expect(findShotNow([shot('SH010', 0, 48), right], { ...asked, boards: ['SH010_v2.png'] })).toEqual({
      found: 'moved',
      shot: right,
    });
  });
});
