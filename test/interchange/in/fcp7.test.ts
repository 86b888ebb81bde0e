import { outline, TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const rate = (timebase: number, ntsc = false): string =>
  `<rate><timebase>${timebase}</timebase><ntsc>${ntsc ? 'TRUE' : 'FALSE'}</ntsc></rate>`;

interface Item {
  name: string;
  start: number;
  end: number;
  url?: string;
  in?: number;
  out?: number;
  more?: string;
}

const clip = (item: Item, id: string): string => `
  <clipitem id="clip-${id}"><name>${item.name}</name><enabled>TRUE</enabled>
    <start>${item.start}</start><end>${item.end}</end><in>${item.in ?? 0}</in><out>${item.out ?? item.end - item.start}</out>
    ${item.url === undefined ? '' : `<stillframe>TRUE</stillframe><file id="file-${id}"><name>${item.name}</name><pathurl>${item.url}</pathurl></file>`}
    ${item.more ?? ''}
  </clipitem>`;

const xmeml = (tracks: string, top = rate(24), more = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE xmeml>
<xmeml version="5"><sequence id="s"><name>Film &amp; Cut</name>${top}${more}<media><video>
<format><samplecharacteristics><width>1998</width><height>1080</height></samplecharacteristics></format>
${tracks}</video></media></sequence></xmeml>`;

describe('Final Cut Pro 7 XML', () => {
  test('boards keep place, length, comment and marker; scenes group them into shots', async () => {
    await folder.pictures('p1.png', 'p2.png', 'p3.png');
    const markers = `<marker><name>Scene 1</name><comment/><in>0</in><out>-1</out></marker>
      <marker><name>Scene 2</name><comment>push in on Anna</comment><in>60</in><out>-1</out></marker>`;
    const xml = xmeml(
      `<track>${clip({ name: 'p1', start: 0, end: 24, url: 'p1.png', more: '<comments><mastercomment1>Dialogue: Hello there&#10;Action: she turns</mastercomment1></comments>' }, '1')}
      ${clip({ name: 'p2', start: 24, end: 60, url: './p2.png', in: 100, out: 136, more: '<marker><name>note</name><comment>pan left</comment><in>110</in><out>-1</out></marker>' }, '2')}
      ${clip({ name: 'p3', start: 60, end: 72, url: 'p3.png' }, '3')}</track>`,
      rate(24),
      markers,
    );
    folder.write('cut.xml', xml);
    const story = await folder.read('cut.xml');
    expect(story).toMatchObject({ name: 'Film & Cut', fps: 24, aspect: 1.85, warnings: [] });
    expect(outline(story)).toEqual(['Scene 1: p1.png 1000 p2.png 1500', 'Scene 2: p3.png 500']);
    expect(story.shots[0]!.boards[0]).toMatchObject({ dialogue: 'Hello there', action: 'she turns', notes: '' });
    expect(story.shots[0]!.boards[1]).toMatchObject({ notes: 'pan left' });
    expect(story.shots[1]!.boards[0]).toMatchObject({ notes: 'push in on Anna', path: folder.at('p3.png') });
  });

  test('a nested sequence of stills that last alike is one board in layers, bottom first, with their opacities', async () => {
    await folder.pictures('bg.png', 'girl.png');
    const opacity =
      '<filter><effect><effectid>opacity</effectid><parameter><parameterid>opacity</parameterid><value>40</value></parameter></effect></filter>';
    const nested = `<sequence id="panel"><name>panel</name>${rate(24)}<media><video>
      <track>${clip({ name: 'bg', start: 0, end: 48, url: 'bg.png' }, 'a')}</track>
      <track>${clip({ name: 'girl', start: 0, end: 48, url: 'girl.png', more: opacity }, 'b')}</track></video></media></sequence>`;
    folder.write(
      'cut.xml',
      xmeml(
        `<track>${clip({ name: 'SH010_A', start: 0, end: 48, more: nested }, 'n')}${clip({ name: 'SH010_B', start: 48, end: 72, more: '<sequence id="panel"/>' }, 'm')}</track>`,
      ),
    );
    const story = await folder.read('cut.xml');
    expect(story.shots.map((s) => [s.name, s.boards.length])).toEqual([['SH010', 2]]);
    const layers = story.shots[0]!.boards.map((b) => b.layers.map((l) => [l.name, l.opacity, l.path]));
    const wanted = [
      ['bg', 1, folder.at('bg.png')],
      ['girl', 0.4, folder.at('girl.png')],
    ];
    expect(layers).toEqual([wanted, wanted]);
  });

  test('a nested sequence of pictures one after the other is opened, cut to what the clip shows of it', async () => {
    await folder.pictures('a.png', 'b.png', 'c.png');
    const nested = `<sequence id="scene"><name>scene</name>${rate(24)}<media><video><track>
      ${clip({ name: 'a', start: 0, end: 10, url: 'a.png' }, 'a')}${clip({ name: 'b', start: 10, end: 20, url: 'b.png' }, 'b')}
      ${clip({ name: 'c', start: 20, end: 30, url: 'c.png' }, 'c')}</track></video></media></sequence>`;
    folder.write(
      'cut.xml',
      xmeml(`<track>${clip({ name: 'scene', start: 100, end: 118, in: 6, out: 24, more: nested }, 'n')}</track>`),
    );
    const story = await folder.read('cut.xml');
    expect(outline(story)).toEqual(['a: a.png 167', 'b: b.png 417', 'c: c.png 167']);
    expect(story.shots[0]!.gapMilliseconds).toBeCloseTo((100 * 1000) / 24);
  });

  test('clips beside a transition meet where it cuts, and their sources move with them', async () => {
    const t = await folder.timeline(
      'cut.xml',
      xmeml(`<track>${clip({ name: 'a', start: 0, end: -1, url: 'a.png', in: 0, out: 60 }, '1')}
        <transitionitem><start>40</start><end>60</end><alignment>center</alignment></transitionitem>
        ${clip({ name: 'b', start: -1, end: 90, url: 'b.png', in: 5, out: 55 }, '2')}</track>`),
    );
    expect(t.tracks[0]!.clips.map((c) => [c.name, c.start, c.frames, c.sourceIn])).toEqual([
      ['a', 0, 50, 0],
      ['b', 50, 40, 15],
    ]);
  });

  test.each([
    [24, true, 24000, 1001],
    [30, true, 30000, 1001],
    [60, true, 60000, 1001],
    [25, false, 25, 1],
  ])('timebase %i, ntsc %s is %i/%i', async (timebase, ntsc, num, den) => {
    const t = await folder.timeline(
      'cut.xml',
      xmeml(`<track>${clip({ name: 'a', start: 0, end: 10, url: 'a.png' }, '1')}</track>`, rate(timebase, ntsc)),
    );
    expect(t.rate).toEqual({ num, den });
  });

  test('drop-frame two hours in is exact to the frame', async () => {
    const last = 2 * 107892 - 1;
    const tc = `<timecode>${rate(30, true)}<string>01:00:00;00</string><displayformat>DF</displayformat></timecode>`;
    const t = await folder.timeline(
      'cut.xml',
      xmeml(`<track>${clip({ name: 'a', start: last, end: last + 1, url: 'a.png' }, '1')}</track>`, rate(30, true), tc),
    );
    expect([t.dropFrame, t.startFrame, t.tracks[0]!.clips[0]!.start]).toEqual([true, 107892, 215783]);
  });

  test('disabled clips and tracks, titles and movies are told apart from boards', async () => {
    await folder.pictures('a.png');
    folder.write('take.mov', 'no movie');
    const xml = xmeml(`<track>${clip({ name: 'a', start: 0, end: 48, url: 'a.png' }, '1')}</track>
      <track><clipitem id="x"><name>take</name><start>0</start><end>24</end><in>0</in><out>24</out><file id="f"><pathurl>take.mov</pathurl></file></clipitem>
      <generatoritem><name>Title</name><start>24</start><end>48</end></generatoritem></track>
      <track><enabled>FALSE</enabled>${clip({ name: 'hidden', start: 0, end: 48, url: 'a.png' }, '2')}</track>`);
    folder.write('cut.xml', xml);
    const story = await folder.read('cut.xml');
    expect(outline(story)).toEqual(['a: a.png 2000']);
    expect(story.warnings).toEqual([expect.stringContaining('Title')]);
  });

  test('sound is laid where it is, the two channels of a file once', async () => {
    await folder.pictures('a.png');
    folder.write('voice.wav', 'x');
    const audio = (id: string): string =>
      `<track><clipitem id="${id}"><name>voice</name><start>12</start><end>36</end><in>6</in><out>30</out><file id="v"><pathurl>voice.wav</pathurl></file></clipitem></track>`;
    const xml = xmeml(`<track>${clip({ name: 'a', start: 0, end: 48, url: 'a.png' }, '1')}</track>`).replace(
      '</video></media>',
      `</video><audio>${audio('l')}${audio('r')}</audio></media>`,
    );
    folder.write('cut.xml', xml);
    const story = await folder.read('cut.xml');
    expect(story.sounds).toEqual([
      { path: folder.at('voice.wav'), startMilliseconds: 500, milliseconds: 1000, fromMilliseconds: 250 },
    ]);
  });
});
