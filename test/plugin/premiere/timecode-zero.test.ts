import path from 'node:path';
import { createSimulator } from '../../premiere-simulator';
import { createPremiereHost } from '../../../plugin/premiere';
import { formatTimecode, RATES } from '../../../shared/shot';

test.each([
  [86_400, 86_400],
  [0, undefined],
])('a sequence that counts from frame %s hands that to its shots', async (zero, wanted) => {
  const simulator = createSimulator();
  try {
    const sequence = simulator.addProject().addSequence({ rate: RATES['24'], zero });
    await sequence.addStill({
      path: path.resolve(__dirname, '../../../examples/boards/SH010.png'),
      start: 24,
      frames: 48,
      name: 'SH010',
    });
    const host = createPremiereHost(simulator.ppro, {
      files: {
        exists: () => Promise.resolve(false),
        size: () => Promise.resolve(0),
        readFile: () => Promise.resolve(new Uint8Array()),
        remove: () => Promise.resolve(),
      },
      wait: () => Promise.resolve(),
      now: () => 0,
      tempFolder: '/tmp',
    });
    const reading = await host.readSequence();
    expect(reading.shots.map(({ draft }) => [draft.startFrame, draft.timecodeZero])).toEqual([[24, wanted]]);
    if (wanted !== undefined)
      expect(formatTimecode(wanted + reading.shots[0]!.draft.startFrame, RATES['24'])).toBe('01:00:01:00');
  } finally {
    simulator.dispose();
  }
});
