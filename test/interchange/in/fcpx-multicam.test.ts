/** Multicam clips of FCPXML: the angle whose picture is on is opened, at its own place and length. */
import { TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const fcpxml = (clips: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.10"><resources>
  <format id="r1" frameDuration="1/25s" width="1920" height="1080"/>
  <asset id="a1" name="A" src="./a.png" start="0s" duration="0s" hasVideo="1" format="r1"/>
  <asset id="a2" name="B" src="./b.png" start="0s" duration="0s" hasVideo="1" format="r1"/>
  <media id="m1" name="Two angles"><multicam format="r1" tcStart="3600s">
    <mc-angle name="one" angleID="one"><asset-clip ref="a1" offset="3600s" name="A" duration="10s"/></mc-angle>
    <mc-angle name="two" angleID="two"><gap offset="3600s" duration="2s"/><asset-clip ref="a2" offset="3602s" name="B" duration="8s"/></mc-angle>
  </multicam></media></resources>
  <library><event><project name="cut"><sequence format="r1" tcStart="0s"><spine>${clips}</spine></sequence></project></event></library></fcpxml>`;

test('each cut shows its angle; an angle that begins later leaves its gap', async () => {
  await folder.pictures('a.png', 'b.png');
  folder.write(
    'cut.fcpxml',
    fcpxml(`
      <mc-clip ref="m1" offset="0s" name="MC" start="3601s" duration="3s"><mc-source angleID="one" srcEnable="audio"/><mc-source angleID="two" srcEnable="video"/></mc-clip>
      <mc-clip ref="m1" offset="3s" name="MC" start="3604s" duration="2s"><mc-source angleID="one" srcEnable="all"/></mc-clip>
      <mc-clip ref="m1" offset="5s" name="MC" start="3606s" duration="1s"/>`),
  );
  const read = await folder.read('cut.fcpxml');
  expect(read.warnings).toEqual([]);
  expect(read.shots.map((shot) => shot.boards.map(({ path, layers }) => [path, ...layers.map((l) => l.path)]))).toEqual(
    [[[folder.at('b.png')]], [[undefined, folder.at('a.png')]], [[undefined, folder.at('a.png')]]],
  );
  expect(
    read.shots.map((shot) => [
      shot.gapMilliseconds ?? 0,
      ...shot.boards.map((board) => `${board.name} ${board.milliseconds}`),
    ]),
  ).toEqual([
    [1000, 'b.png 2000'],
    [0, 'MC 2000'],
    [0, 'MC 1000'],
  ]);
});

test('a multicam clip of nothing is told and leaves the rest', async () => {
  await folder.pictures('a.png');
  folder.write(
    'cut.fcpxml',
    fcpxml(
      '<mc-clip ref="nowhere" offset="0s" name="Lost" duration="1s"/><asset-clip ref="a1" offset="1s" name="A" duration="1s"/>',
    ),
  );
  const read = await folder.read('cut.fcpxml');
  expect(read.warnings).toContain('The multicam clip "Lost" has no angle that can be opened.');
  expect(read.shots.map((shot) => shot.boards[0]?.milliseconds)).toEqual([1000]);
});
