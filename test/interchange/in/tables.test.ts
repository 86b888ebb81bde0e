import { zipSync, strToU8 } from 'fflate';
import { toProblem } from '../../../shared/problem';
import { RATES } from '../../../shared/shot';
import { columnOf } from '../../../companion-app/interchange/in/table/columns';
import { parseLength } from '../../../companion-app/interchange/in/table/lengths';
import { outline, TestFolder } from './folder';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

/** A workbook of one sheet with texts and numbers. */
function xlsx(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cell = (value: string | number, r: number, c: number): string => {
    const at = `${String.fromCharCode(65 + c)}${r + 1}`;
    return typeof value === 'number'
      ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const sheet = rows.map((row, r) => `<row r="${r + 1}">${row.map((v, c) => cell(v, r, c)).join('')}</row>`).join('');
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return zipSync({
    '[Content_Types].xml': strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    ),
    '_rels/.rels': strToU8(
      `<?xml version="1.0"?><Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Shots" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<?xml version="1.0"?><Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  });
}

test.each([
  ['Shot #', 'shot', null],
  ['SHOT NUMBER', 'shot', null],
  ['Plan', 'shot', null],
  ['Einstellung', 'shot', null],
  ['カット', 'shot', null],
  ['Duration (frames)', 'duration', 'frames'],
  ['Durée (im.)', 'duration', 'frames'],
  ['Dauer [s]', 'duration', 'seconds'],
  ['duración', 'duration', null],
  ['尺', 'duration', null],
  ['Frames', 'duration', 'frames'],
  ['length_ms', 'duration', 'milliseconds'],
  ['Dialogue / Voice Over', 'dialogue', null],
  ['Diálogo', 'dialogue', null],
  ['セリフ', 'dialogue', null],
  ['Dialog', 'dialogue', null],
  ['Camera Movement', 'camera', null],
  ['Kamerabewegung', 'camera', null],
  ['Mouvement de caméra', 'camera', null],
  ['Action Notes', 'action', null],
  ['Beschreibung', 'action', null],
  ['Bemerkungen', 'notes', null],
  ['Image', 'file', null],
  ['Dateiname', 'file', null],
  ['Panel', 'panel', null],
  ['Scene', 'scene', null],
])('the heading %s is %s', (heading, field, unit) => {
  expect(columnOf(heading, 0)).toMatchObject({ field, unit });
});

test.each(['VFX cost', 'Artist', 'x', ''])('the heading %j is not known', (heading) => {
  expect(columnOf(heading, 0)).toBeUndefined();
});

test.each([
  ['2s', 2000],
  ['2.5 sec', 2500],
  ['2,5"', 2500],
  ['48f', 2000],
  ['12 frames', 500],
  ['1500 ms', 1500],
  ['2+12', 2500],
  ['1s12f', 1500],
  ['00:00:02:12', 2500],
  ['0:02.5', 2500],
  ['1:30', 90_000],
  ["1'30", 90_000],
  ['2秒', 2000],
  ['36コマ', 1500],
  ['２秒', 2000],
  ['1 min', 60_000],
])('%s lasts %d ms at 24', (text, ms) => {
  expect(parseLength(text, RATES['24'])).toEqual({ milliseconds: ms });
});

test.each(['soon', '99:99:99:99', '-2s', '2 bananas', '00:00:00:30'])('%s is no length', (text) => {
  expect(parseLength(text, RATES['24'])).toBeNull();
});

describe('a table beside pictures', () => {
  test('gives order, lengths and words; what does not fit is told', async () => {
    await folder.pictures('SH010_A.png', 'SH010_B.png', 'SH020.png', 'SH030.png', 'extra.png');
    folder.write(
      'list.csv',
      '\uFEFFShot;Panel;Durée;Notes;Action;Dialogue;Caméra;Budget\nSH020;;2s;"hold";;;;5\nSH010;A;36f;;"she, turns";"Bonjour";pan left;1\nSH010;B;soon;;;;;\nSH040;;1s;;;;;\n',
    );
    const story = await folder.read();
    expect(outline(story)).toEqual([
      'extra: extra.png -',
      'SH020: SH020.png 2000',
      'SH030: SH030.png -',
      'SH010: SH010_A.png 1500 SH010_B.png -',
      'SH040: SH040 1000',
    ]);
    expect(story.shots[3]!.boards[0]).toMatchObject({ notes: 'pan left', action: 'she, turns', dialogue: 'Bonjour' });
    expect(story.shots[4]!.boards[0]!.path).toBeUndefined();
    const told = story.warnings.join('\n');
    for (const words of [
      '"Budget"',
      '"soon" is no length',
      'Row 5 (SH040) has no picture',
      'SH030.png is in no row',
      'extra.png is in no row',
    ])
      expect(told).toContain(words);
  });

  test('an Excel sheet does the same, named itself; a panel’s number is its letter', async () => {
    await folder.pictures('SH1_A.png', 'SH1_B.png', 'SH2.png');
    folder.write(
      'list.xlsx',
      xlsx([
        ['My film'],
        ['Scene', 'Shot', 'Panel', 'Frames', 'Camera'],
        ['1', 'SH1', '1', 24, 'push in'],
        ['1', 'SH1', '2', 12, ''],
        ['1', 'SH2', '', 48, 'pan'],
      ]),
    );
    expect(outline(await folder.read('list.xlsx'))).toEqual(['SH1: SH1_A.png 1000 SH1_B.png 500', 'SH2: SH2.png 2000']);
    expect(outline(await folder.read())).toHaveLength(2);
  });

  test('a column of file names, with folders of another machine before them', async () => {
    await folder.pictures('one.png', 'two.png');
    folder.write('list.csv', 'image,length\nC:\\film\\two.png,50\n/Users/a/one.PNG,25\n');
    const story = await folder.read('list.csv', { rate: RATES['25'] });
    expect(outline(story)).toEqual(['two: two.png 2000', 'one: one.png 1000']);
    expect(story.warnings).toEqual(['The lengths in the table do not say what they count; they were read as frames.']);
  });

  test('rows that name nothing are paired in order, when there are as many', async () => {
    await folder.pictures('b10.png', 'b2.png');
    folder.write('list.csv', 'shot,notes\nKitchen,push in\nGarden,tilt up\n');
    const story = await folder.read();
    expect(story.shots.map((s) => [s.name, s.boards[0]!.name, s.boards[0]!.notes])).toEqual([
      ['Kitchen', 'b2.png', 'push in'],
      ['Garden', 'b10.png', 'tilt up'],
    ]);
    expect(story.warnings[0]).toContain('paired in order');
  });

  test('a table that is none of shots leaves the folder as it is', async () => {
    await folder.pictures('SH1.png');
    folder.write('budget.csv', 'what,costs\npaper,3\n');
    const story = await folder.read();
    expect([outline(story), story.warnings]).toEqual([
      ['SH1: SH1.png -'],
      ['budget.csv is no list of shots and was not read.'],
    ]);
    await expect(folder.read('budget.csv')).rejects.toMatchObject({ problem: { code: 'board-missing' } });
  });

  test('a shot’s one row over several boards shares its length out', async () => {
    await folder.pictures('SH010_A.png', 'SH010_B.png');
    folder.write('list.csv', 'shot,duration,notes\nSH010,3s,push in\n');
    expect(outline(await folder.read())).toEqual(['SH010: SH010_A.png 1500 SH010_B.png 1500']);
  });

  test('a workbook whose table of contents is damaged is read or refused, not waited for without end', async () => {
    const good = Buffer.from(
      xlsx([
        ['shot', 'frames'],
        ['SH010', 48],
      ]),
    );
    const contents = good.indexOf('PK\x01\x02', 0, 'latin1');
    const ends: string[] = [];
    for (const at of [contents + 20, contents + 24, contents + 42, good.length - 6]) {
      const bytes = Buffer.from(good);
      bytes.writeUInt32LE(0x7fffffff, at);
      folder.write('a.xlsx', bytes);
      ends.push(
        await folder.read('a.xlsx').then(
          () => 'read',
          (error: unknown) => toProblem(error).code,
        ),
      );
    }
    expect(ends).toContain('board-unreadable');
    expect(ends.filter((end) => end !== 'read' && end !== 'board-unreadable')).toEqual([]);
  });

  test('a sheet that grows without end when unpacked is refused', async () => {
    folder.write('bomb.xlsx', zipSync({ 'xl/workbook.xml': new Uint8Array(32 * 1024 * 1024) }, { level: 1 }));
    await expect(folder.read('bomb.xlsx')).rejects.toMatchObject({ problem: { code: 'board-too-large' } });
    folder.write('no.xlsx', 'hello');
    await expect(folder.read('no.xlsx')).rejects.toMatchObject({ problem: { code: 'board-unreadable' } });
  });
});

describe('Boords', () => {
  test('frames meet sorted pictures; HTML is made plain; one sound lies under all', async () => {
    await folder.pictures('frame-2.png', 'frame-10.png', 'frame-1.png');
    folder.write('my-sound.mp3', 'x');
    folder.write(
      'ae.json',
      JSON.stringify({
        name: 'Ad',
        ratio: 0,
        frames: [
          { duration: 1500, label: '1A', voiceover: '<p>Hello &amp; bye</p>', direction: 'push in<br>slowly' },
          { duration: '2000', label: 2, voiceover: null, direction: '' },
          { label: '3', voiceover: '', direction: 'pan' },
          { duration: 500, label: '4', voiceover: '', direction: '' },
        ],
      }),
    );
    const story = await folder.read();
    expect(outline(story)).toEqual(['1A: frame-1.png 1500', '2: frame-2.png 2000', '3: frame-10.png -', '4: 4 500']);
    expect(story.shots[0]!.boards[0]).toMatchObject({ dialogue: 'Hello & bye', notes: 'push in\nslowly' });
    expect(story.sounds).toEqual([{ path: folder.at('my-sound.mp3'), startMilliseconds: 0 }]);
    expect(story.warnings).toEqual(['Frame 4 (4) has no picture: it is blank paper.']);
  });

  test.each(['', '{}', '{"frames":[]}', '[]'])('ae.json that is %j is refused in words', async (text) => {
    await folder.pictures('a.png');
    folder.write('ae.json', text);
    await expect(folder.read()).rejects.toMatchObject({ problem: { code: 'board-unreadable' } });
  });
});
