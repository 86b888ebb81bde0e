import fc from 'fast-check';
import { toProblem } from '../../../shared/problem';
import { TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const nested = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times);
const xmeml = (inside: string): string =>
  `<xmeml version="5"><sequence id="s"><name>x</name><rate><timebase>24</timebase></rate><media><video>${inside}</video></media></sequence></xmeml>`;
const otio = (children: unknown): string =>
  JSON.stringify({
    OTIO_SCHEMA: 'Timeline.1',
    name: 'x',
    tracks: { OTIO_SCHEMA: 'Stack.1', children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', children }] },
  });

/** A chain of sequences, each showing the next one ten times: 10^12 clips in a few kilobytes. */
function manySequences(): string {
  const sequence = (level: number): string => {
    const inner = level === 12 ? '<name>leaf</name><file id="f"><pathurl>a.png</pathurl></file>' : '';
    const item = (i: number): string =>
      `<clipitem><name>c</name><start>${i * 10}</start><end>${i * 10 + 10}</end><in>0</in><out>10</out>${level === 12 ? inner : i === 0 ? sequence(level + 1) : `<sequence id="q${level + 1}"/>`}</clipitem>`;
    return `<sequence id="q${level}"><name>q</name><rate><timebase>24</timebase></rate><media><video><track>${Array.from({ length: 10 }, (_, i) => item(i)).join('')}</track></video></media></sequence>`;
  };
  return `<xmeml version="5">${sequence(0)}</xmeml>`;
}

const deepOtio = (): string => {
  const leaf: unknown = { OTIO_SCHEMA: 'Clip.2', name: 'c' };
  const stack = Array.from({ length: 400 }).reduce<unknown>(
    (inner) => ({ OTIO_SCHEMA: 'Stack.1', name: 's', children: [inner] }),
    leaf,
  );
  return otio([stack]);
};

test.each([
  [
    'entities that grow',
    'a.xml',
    `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${xmeml('<track><clipitem><name>&b;</name></clipitem></track>')}`,
    /entities/,
  ],
  [
    'entities that name files',
    'a.xml',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xmeml('&a;')}`,
    /entities/,
  ],
  ['elements without end', 'a.xml', nested('<a>', '</a>', 5000), /nested|XML/],
  ['sequences that multiply', 'a.xml', manySequences(), /clips|deep/],
  [
    'a sequence within itself',
    'a.xml',
    xmeml('<track><clipitem><name>c</name><start>0</start><end>9</end><sequence id="s"/></clipitem></track>'),
    /within themselves/,
  ],
  ['stacks without end', 'a.otio', deepOtio(), /deep/],
  ['JSON without end', 'a.otio', nested('[', ']', 200_000), /./],
  ['another XML', 'a.xml', '<html><body/></html>', /<html>/],
  ['XML cut short', 'a.xml', xmeml('<track>').slice(0, 90), /well-formed/],
  [
    'an FCPXML of clips',
    'a.fcpxml',
    '<fcpxml version="1.10"><resources/><event><asset-clip ref="r1"/></event></fcpxml>',
    /no project/,
  ],
  [
    'no rate',
    'a.xml',
    '<xmeml version="5"><sequence><name>x</name><media><video/></media></sequence></xmeml>',
    /frame rate/,
  ],
  ['a rate of nothing', 'a.xml', xmeml('<track/>').replace('>24<', '>0<'), /frame rate/],
  ['an empty file', 'a.xml', '', /event|XML/],
])('%s: refused with the reason', async (_, name, content, reason) => {
  folder.write(name, content);
  const problem = await folder.read(name).then(() => null, toProblem);
  expect(problem).toMatchObject({ code: 'board-unreadable', message: expect.stringMatching(reason) as string });
  expect(problem!.action).not.toBe('');
});

test.each(['a.sboard', 'a.aaf', 'a.prproj', 'a.drp', 'a.otioz', 'a.fdx', 'a.docx'])(
  '%s is refused with what to do instead',
  async (name) => {
    folder.write(name, 'x');
    await expect(folder.read(name)).rejects.toMatchObject({
      problem: { code: 'board-unreadable', action: expect.stringMatching(/\w/) as string },
    });
  },
);

test('clips that lie about time are left out or clamped, never placed wrongly', async () => {
  const item = (start: string, end: string): string =>
    `<clipitem><name>c${start}</name><start>${start}</start><end>${end}</end><in>0</in><out>1e400</out><file id="x${start}"><pathurl>a.png</pathurl></file></clipitem>`;
  const t = await folder.timeline(
    'a.xml',
    xmeml(
      `<track>${item('0', '10')}${item('20', '15')}${item('NaN', '5')}${item('1e12', '2e12')}${item('4', '30')}${item('0.5', '2')}</track>`,
    ),
  );
  for (const { start, frames } of t.tracks[0]!.clips) {
    expect(Number.isSafeInteger(start) && Number.isSafeInteger(frames) && frames > 0).toBe(true);
  }
  expect(t.tracks[0]!.clips.map((c) => [c.start, c.frames])).toEqual([
    [0, 4],
    [4, 26],
  ]);
  expect(t.warnings.length).toBeGreaterThanOrEqual(3);
});

test('whatever a file holds, it is read or refused in words, and no track ever overlaps', async () => {
  const word = fc.constantFrom('-1', '0', '10', '48', 'x', '1e9', '', '23.976', 'TRUE', '01:00:00:00');
  const tag = fc.constantFrom(
    'track',
    'clipitem',
    'start',
    'end',
    'in',
    'out',
    'rate',
    'timebase',
    'ntsc',
    'file',
    'pathurl',
    'sequence',
    'media',
    'video',
    'marker',
    'transitionitem',
    'name',
  );
  const element: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 5 },
      word,
      fc
        .tuple(tag, fc.array(tie('e'), { maxLength: 4 }))
        .map(([name, parts]) => `<${name}>${parts.join('')}</${name}>`),
    ),
  })).e;
  const line = fc
    .tuple(
      fc.nat(999),
      fc.constantFrom('V', 'A', 'B', 'AA/V', 'NONE', '?'),
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 16, maxLength: 16 }),
    )
    .map(([n, channel, parts]) => {
      const tc = (i: number): string =>
        parts
          .slice(4 * i, 4 * i + 4)
          .map((p) => String(p).padStart(2, '0'))
          .join(':');
      return `${String(n).padStart(3, '0')} AX ${channel} C ${tc(0)} ${tc(1)} ${tc(2)} ${tc(3)}`;
    });
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => otio(value));
  const content = fc.oneof(
    element.map(xmeml),
    fc.array(line).map((lines) => `TITLE: x\n${lines.join('\n')}`),
    json,
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      try {
        const t = await folder.timeline('a.xml', text);
        for (const track of t.tracks)
          track.clips.forEach((c, i) =>
            expect(c.start).toBeGreaterThanOrEqual(
              i === 0 ? -Infinity : track.clips[i - 1]!.start + track.clips[i - 1]!.frames,
            ),
          );
      } catch (error) {
        expect(toProblem(error).code).toBe('board-unreadable');
      }
    }),
    { numRuns: 150 },
  );
});
