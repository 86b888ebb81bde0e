/** Sounds over each other: none is lost, none runs into another on its track, and no track more than needed; every timeline holds them. */
import path from 'node:path';
import fc from 'fast-check';
import { cutOfRun } from '../../../companion-app/daemon/animate/cut';
import type { Run } from '../../../companion-app/daemon/animate/run';
import { soundTracks } from '../../../companion-app/daemon/animate/sound-tracks';
import { writeFcp7Xml, writeFcpXml, writeOtio } from '../../../companion-app/interchange/out';
import { RATES } from '../../../shared/shot';
import { TestFolder } from '../../interchange/in/folder';

test('as many tracks as sound at once, in order, everything there', () => {
  const sound = fc.record({
    path: fc.constantFrom('/a.wav', '/b.wav'),
    startFrame: fc.nat(500),
    frames: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(sound, { maxLength: 30 }), (sounds) => {
      const tracks = soundTracks(sounds, 600);
      const text = (all: readonly object[]): string[] => all.map((each) => JSON.stringify(each)).sort();
      expect(text(tracks.flat())).toEqual(text(sounds));
      for (const track of tracks)
        for (const [i, each] of track.entries()) {
          const next = track[i + 1];
          if (next) expect(each.startFrame + each.frames).toBeLessThanOrEqual(next.startFrame);
        }
      const atOnce = sounds.map(
        ({ startFrame: at }) => sounds.filter((s) => s.startFrame <= at && at < s.startFrame + s.frames).length,
      );
      expect(tracks).toHaveLength(Math.max(0, ...atOnce));
    }),
  );
});

test('dialogue that runs on into the next board’s is on a track of its own in OTIO, FCP7 XML and FCPXML, read back at its place', async () => {
  const folder = new TestFolder();
  try {
    await folder.picture('SH010.png');
    const shot = {
      ...{ id: '1', name: 'SH010', rate: RATES['23.976'], dropFrame: false, startFrame: 0, frames: 240 },
      ...{ size: { width: 32, height: 18 }, fit: 'letterbox' as const, notes: '' },
    };
    const run: Run = {
      ...{
        title: 'cut',
        rate: RATES['23.976'],
        dropFrame: false,
        size: shot.size,
        startTimecodeFrame: 0,
        version: '0',
      },
      shots: [
        {
          shot,
          boards: [{ at: 0, name: 'SH010', path: folder.at('SH010.png') }],
          moves: [],
          takeNumber: 1,
          state: 'waiting',
        },
      ],
      sounds: [
        { path: folder.write('one.wav', 'a'), startFrame: 0, frames: 60 },
        { path: folder.write('two.wav', 'b'), startFrame: 48, frames: 30, inFrame: 12 },
        { path: folder.at('one.wav'), startFrame: 100 },
      ],
    };
    const cut = cutOfRun(run);
    for (const [name, text] of [
      ['cut.otio', writeOtio(cut, {})],
      ['cut.xml', writeFcp7Xml(cut, {})],
      ['cut.fcpxml', writeFcpXml(cut, {})],
    ] as const) {
      const read = await folder.timeline(name, text);
      const heard = read.tracks
        .filter(({ kind }) => kind === 'audio')
        .flatMap(({ clips }) => clips.map((c) => [path.basename(c.media.path), c.start, c.frames, c.sourceIn]))
        .sort((a, b) => Number(a[1]) - Number(b[1]));
      expect([name, heard]).toEqual([
        name,
        [
          ['one.wav', 0, 60, 0],
          ['two.wav', 48, 30, 12],
          ['one.wav', 100, 140, 0],
        ],
      ]);
    }
  } finally {
    folder.remove();
  }
});
