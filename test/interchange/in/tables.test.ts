import { zipSync, strToU8 } from 'fflate';
import sharp from 'sharp';
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
  ['Shot Size', 'camera', null],
  ['FR', 'duration', 'frames'],
  ['Dur (s)', 'duration', 'seconds'],
  ['Timecode In', 'start', null],
  ['TC Out', 'end', null],
  ['#', 'shot', null],
  ['№', 'shot', null],
  ['コマ数', 'duration', 'frames'],
  ['镜号', 'shot', null],
  ['时长', 'duration', null],
  ['对白', 'dialogue', null],
  ['컷', 'shot', null],
  ['Хронометраж', 'duration', null],
  ['Panel Duration', 'duration', null],
  ['Slugging', 'notes', null],
  ['Visual', 'action', null],
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
  ['2s 12f', 2500],
  ['2 s + 12 f', 2500],
  ['2秒12コマ', 2500],
  ['~4 sec.', 4000],
  ['approx. 5s (hold)', 5000],
  ['0:05-0:08', 3000],
  ['3 сек', 3000],
  ['٣ s', 3000],
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

describe('tables of other programs and countries', () => {
  const lengths = async (name: string, bytes: Uint8Array, ...pictures: string[]): Promise<string[]> => {
    await folder.pictures(...pictures);
    folder.write(name, bytes);
    return outline(await folder.read());
  };

  test('letters of Windows in Japan, Excel’s UTF-16 without a mark, a title with commas before semicolons', async () => {
    // カット,秒,コマ数,内容 / 1,2,12,歩く / 2,3,0,走る
    const shiftJis = Buffer.from(
      '834a836283672c95622c8352837d90942c93e097650d0a312c322c31322c95e082ad0d0a322c332c302c919682e90d0a',
      'hex',
    );
    expect(await lengths('conte.csv', shiftJis, '1.png', '2.png')).toEqual(['1: 1.png 2500', '2: 2.png 3000']);
    folder.remove();
    folder = new TestFolder();
    const wide = Buffer.from('Shot\tFR\r\nSH010\t48\r\nSH020\t2+12\r\n', 'utf16le');
    expect(await lengths('list.csv', wide, 'SH010.png', 'SH020.png')).toEqual([
      'SH010: SH010.png 2000',
      'SH020: SH020.png 2500',
    ]);
    folder.remove();
    folder = new TestFolder();
    const titled = Buffer.from(
      'Film, draft 3, by A, B, C, D\n\nSZENE;EINSTELLUNG;DAUER\n1;1;1,5\n;2;2,25\nGesamt;;3,75\n',
    );
    expect(await lengths('liste.csv', titled, '1_1.png', '1_2.png')).toEqual(['1: 1_1.png 1500', '2: 1_2.png 2250']);
  });

  test.each([
    ['seconds and frames like 1:12', 'Shot,Time\n1,1:12\n2,2:00\n3,3:06\n', [1500, 2000, 3250]],
    ['minutes and seconds like 0:12', 'Shot,Time\n1,0:12\n2,0:05\n3,0:06\n', [12_000, 5000, 6000]],
    [
      'from and to in one cell',
      'Time,Video,Audio\n0:00-0:05,Town,once\n0:05-0:08,Face,\n0:08-0:15,Logo,\n',
      [5000, 3000, 7000],
    ],
    ['times that begin shots', 'Shot,Time\n1,0:00\n2,0:04\n3,0:09\n', [4000, 5000, undefined]],
    [
      'timecode in and out',
      'Shot,Timecode In,Timecode Out\n1,01:00:00:00,01:00:02:12\n2,01:00:02:12,01:00:05:00\n3,01:00:05:00,01:00:06:00\n',
      [2500, 2500, 1000],
    ],
    ['frames in and out', 'Shot,In,Out\n1,1001,1049\n2,1049,1085\n3,1085,1097\n', [2000, 1500, 500]],
    [
      'sections, headings again and a sum',
      'Shot,Description,Duration\nSCENE 1 - INT.,,\n1,a,2s\n2,b,1s\nShot,Description,Duration\nScene 2,,\n3,c,3s\nTOTAL,,6s\n',
      [2000, 1000, 3000],
    ],
  ])('%s', async (_what, text, expected) => {
    await folder.pictures('1.png', '2.png', '3.png');
    folder.write('list.csv', text);
    const { shots } = await folder.read();
    expect(shots.map((shot) => shot.boards[0]?.milliseconds)).toEqual(expected);
  });

  test('pictures in folders below, of one name in two of them, by address, twice, and several in a cell', async () => {
    await folder.pictures('sc01/01.png', 'sc01/02.png', 'sc02/01.png');
    folder.write(
      'shots.csv',
      'Shot,Image,Dur (s)\na,sc02\\01.png,1\nb,sc01/01.png,2\nc,https://x.test/02.png?token=1,3\nd,sc01/01.png,4\ne,"sc01/01.png; 02.png",4\n',
    );
    const { shots } = await folder.read();
    expect(shots.map(({ boards }) => boards.map((board) => board.path))).toEqual(
      [['sc02/01.png'], ['sc01/01.png'], ['sc01/02.png'], ['sc01/01.png'], ['sc01/01.png', 'sc01/02.png']].map(
        (files) => files.map((file) => folder.at(file)),
      ),
    );
  });

  test('accents taken apart in a file’s name; Storyboard Pro’s scenes are shots, merged cells hold for the rows below', async () => {
    const apart = 'Épée.png'.normalize('NFD');
    await folder.pictures(apart, '1_1.png', '1_2.png', '2_1.png');
    folder.write('a.csv', 'Image,Durée\nÉpée.png,2s\n');
    expect(outline(await folder.read('a.csv')).filter((line) => line.includes('2000'))).toEqual([
      `Épée: ${apart} 2000`,
    ]);
    folder.write(
      'b.csv',
      'Sequence,Scene,Panel,Panel Duration\nS,1,1,00:00:01:12\nS,,2,00:00:02:00\nS,2,1,00:00:03:00\n',
    );
    expect(outline(await folder.read('b.csv')).slice(0, 2)).toEqual([
      '1: 1_1.png 1500 1_2.png 2000',
      '2: 2_1.png 3000',
    ]);
  });

  test('folders of folders, pages of a TIFF, moving pictures, files that cannot be read: each told, the others go on', async () => {
    await folder.pictures('film/sc2/01.png', 'film/sc10/01.png');
    expect((await folder.read()).shots.map(({ name }) => name)).toEqual(['sc2 01', 'sc10 01']);
    const data = Uint8Array.from({ length: 40 * 60 * 3 }, (_, at) => (at * 7) % 251);
    const raw = { width: 40, height: 60, channels: 3 as const, pageHeight: 20 };
    folder.write('flat/SH010.tif', await sharp(data, { raw }).tiff().toBuffer());
    folder.write(
      'flat/b.gif',
      await sharp(data, { raw })
        .gif({ delay: [9, 9, 9] })
        .toBuffer(),
    );
    folder.write('flat/c.bmp', 'BM');
    folder.write('flat/d.kra', 'x');
    folder.write('flat/e.ods', 'x');
    const flat = await folder.read('flat');
    expect(flat.shots.map(({ name, boards }) => [name, boards.length])).toEqual([
      ['b', 1],
      ['c', 1],
      ['SH010', 3],
    ]);
    expect(flat.warnings.map((told) => told.split(' ')[0])).toEqual(['b.gif', 'SH010.tif', 'd.kra', 'e.ods']);
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
