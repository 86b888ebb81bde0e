import fc from 'fast-check';
import { chooseTrack } from '../../../plugin/premiere/choose-track';
import { rippledTracks } from '../../../plugin/premiere/ripple';

const clip = (start: number, end: number) => ({ start: BigInt(start), end: BigInt(end) });

describe('chooseTrack', () => {
  test('takes the lowest free track above the board', () => {
    const lanes = [
      { index: 0, clips: [clip(0, 10)] },
      { index: 1, clips: [clip(5, 8)] },
      { index: 2, clips: [] },
    ];
    expect(chooseTrack(lanes, 0, 0n, 10n)).toEqual({ how: 'free', index: 2 });
  });

  test('clips that only touch the range leave it free', () => {
    const lanes = [
      { index: 0, clips: [] },
      { index: 1, clips: [clip(0, 10), clip(20, 30)] },
    ];
    expect(chooseTrack(lanes, 0, 10n, 20n)).toEqual({ how: 'free', index: 1 });
  });

  test('never chooses an occupied range, nor a track at or under the board', () => {
    const lane = fc.array(
      fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })).map(([at, n]) => clip(at, at + n)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.array(lane, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fc.nat(40),
        fc.integer({ min: 1, max: 20 }),
        (tracks, above, at, n) => {
          const lanes = tracks.map((clips, index) => ({ index, clips }));
          const { how, index } = chooseTrack(lanes, above, BigInt(at), BigInt(at + n));
          if (how === 'new') return index === tracks.length;
          return index > above && (tracks[index] ?? []).every((c) => c.end <= BigInt(at) || c.start >= BigInt(at + n));
        },
      ),
    );
  });
});

describe('rippledTracks', () => {
  const at = (track: string, start: number, end: number) => ({ track, ...clip(start, end) });

  test('notices clips that were pushed along, and a clip split at the point', () => {
    expect(rippledTracks([at('A0', 0, 100)], [at('A0', 0, 40), at('A0', 50, 110)], 40n, 10n)).toEqual(['A0']);
    expect(rippledTracks([at('V0', 40, 60), at('V1', 0, 10)], [at('V0', 50, 70), at('V1', 0, 10)], 40n, 10n)).toEqual([
      'V0',
    ]);
  });

  test("takes no notice of the artist's own edits", () => {
    expect(rippledTracks([at('V0', 40, 60)], [at('V0', 43, 63)], 40n, 10n)).toEqual([]);
    expect(rippledTracks([at('V0', 40, 60)], [], 40n, 10n)).toEqual([]);
    expect(rippledTracks([at('V0', 0, 20)], [at('V0', 10, 30)], 40n, 10n)).toEqual([]);
  });
});
