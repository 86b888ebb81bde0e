import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeClip } from '../../companion-app/media/encode';
import { probeClip } from '../../companion-app/media/probe';
import { RATES } from '../../shared/shot';
import { sweep } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('encode');
const expectedCodec = { 'prores-proxy': 'prores', 'dnxhr-lb': 'dnxhd', h264: 'h264' } as const;

describe('a clip', () => {
  for (const codec of ['prores-proxy', 'dnxhr-lb', 'h264'] as const) {
    for (const [name, rate] of Object.entries(RATES)) {
      it(`in ${codec} at ${name} has its exact rate and frames and says it is BT.709`, async () => {
        const file = path.join(folder(), `${codec}-${name}${codec === 'h264' ? '.mp4' : '.mov'}`);
        await encodeClip({ path: file, size: { width: 256, height: 144 }, rate, frames: 7, codec }, sweep(256, 144, 7));
        const facts = await probeClip(file);
        expect(facts).toMatchObject({
          codec: expectedCodec[codec],
          size: { width: 256, height: 144 },
          rate,
          frames: 7,
          hasAudio: false,
        });
        expect(facts.color).toEqual({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' });
      });
    }
  }
});
