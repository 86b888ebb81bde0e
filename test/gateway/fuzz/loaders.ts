/** Everything that reads a file somebody else made, and a small good file for each. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { openSafetensors } from '../../../companion-app/inference/lora/safetensors';
import { readPack } from '../../../companion-app/inference/packs';
import { verifyGraph } from '../../../companion-app/inference/packs/verify';
import { readStoryboard } from '../../../companion-app/interchange/in';
import { boardPicture, decodeBoard } from '../../../companion-app/media';
import { toProblem } from '../../../shared/problem';
import { psdFile, psdPixels, zippedPsd } from '../../media/board-files';
import { pdfFile } from '../../interchange/in/pdf-file';
import { safetensors } from '../../inference/lora/support';
import { randomOf, spoilt } from './bytes';

interface Loader {
  readonly name: string;
  /** File name the bytes are given. */
  readonly file: string;
  readonly sample: Uint8Array;
  load(file: string, folder: string): Promise<unknown>;
}

const picture = async (file: string): Promise<void> => {
  await decodeBoard(file, { maxPixels: 1_000_000 });
  await boardPicture(file, 32);
};
const storyboard = (file: string, folder: string): Promise<unknown> =>
  readStoryboard(file, { pictures: path.join(folder, 'pages') });

const XML = `<?xml version="1.0"?><!DOCTYPE xmeml><xmeml version="5"><sequence><name>s</name><duration>48</duration><rate><timebase>24</timebase><ntsc>FALSE</ntsc></rate><media><video><track><clipitem id="a"><name>SH010</name><start>0</start><end>24</end><in>0</in><out>24</out><file id="f"><pathurl>file://localhost/a.png</pathurl></file></clipitem></track></video></media></sequence></xmeml>`;
const EDL = `TITLE: s\nFCM: NON-DROP FRAME\n001  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: a.png\n`;
const OTIO = JSON.stringify({
  OTIO_SCHEMA: 'Timeline.1',
  name: 's',
  tracks: {
    OTIO_SCHEMA: 'Stack.1',
    children: [
      {
        OTIO_SCHEMA: 'Track.1',
        kind: 'Video',
        children: [
          {
            OTIO_SCHEMA: 'Clip.2',
            name: 'SH010',
            source_range: {
              OTIO_SCHEMA: 'TimeRange.1',
              start_time: { OTIO_SCHEMA: 'RationalTime.1', rate: 24, value: 0 },
              duration: { OTIO_SCHEMA: 'RationalTime.1', rate: 24, value: 24 },
            },
            media_references: { DEFAULT_MEDIA: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'a.png' } },
            active_media_reference_key: 'DEFAULT_MEDIA',
          },
        ],
      },
    ],
  },
});
const STORYBOARDER = JSON.stringify({
  version: '3.0.0',
  aspectRatio: 1.7777,
  fps: 24,
  defaultBoardTiming: 2000,
  boards: [
    {
      uid: 'A',
      url: 'board-1-A.png',
      newShot: true,
      number: 1,
      shot: '1A',
      time: 0,
      duration: 1000,
      layers: { fill: { url: 'a.png' } },
    },
  ],
});

function workbook(): Uint8Array {
  const text = (at: string, words: string): string => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`;
  const part = (text: string): Uint8Array => strToU8(`<?xml version="1.0"?>${text}`);
  const rels = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zipSync({
    '[Content_Types].xml': part(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheet}.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': part(
      `<Relationships ${rels}><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': part(
      `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': part(
      `<Relationships ${rels}><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': part(
      `<worksheet ${main}><sheetData><row r="1">${text('A1', 'shot')}${text('B1', 'frames')}</row><row r="2">${text('A2', 'SH010')}<c r="B2"><v>48</v></c></row></sheetData></worksheet>`,
    ),
  });
}

/** The loaders with their samples, made once. `onnx` is a small graph. */
export async function loaders(onnx: string): Promise<readonly Loader[]> {
  const noise = Buffer.from(Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 37) % 251));
  const raw = sharp(noise, { raw: { width: 24, height: 16, channels: 3 } });
  const pixels = psdPixels(8, 8, [9, 99, 199, 255]);
  const psd = psdFile({
    width: 8,
    height: 8,
    imageData: pixels,
    children: [
      { name: 'ink', imageData: pixels },
      { name: 'fill', imageData: pixels },
    ],
  });
  const graph = await readFile(onnx);
  return [
    { name: 'PNG', file: 'a.png', sample: await raw.clone().png().toBuffer(), load: picture },
    { name: 'JPEG', file: 'a.jpg', sample: await raw.clone().jpeg().toBuffer(), load: picture },
    { name: 'GIF', file: 'a.gif', sample: await raw.clone().gif().toBuffer(), load: picture },
    { name: 'WebP', file: 'a.webp', sample: await raw.clone().webp().toBuffer(), load: picture },
    { name: 'TIFF', file: 'a.tif', sample: await raw.clone().tiff().toBuffer(), load: picture },
    { name: 'AVIF', file: 'a.avif', sample: await raw.clone().avif().toBuffer(), load: picture },
    { name: 'PSD', file: 'a.psd', sample: psd, load: picture },
    { name: 'PSD packed by zip', file: 'b.psd', sample: zippedPsd(8, 64), load: picture },
    { name: '.storyboarder', file: 'a.storyboarder', sample: strToU8(STORYBOARDER), load: storyboard },
    { name: 'OTIO', file: 'a.otio', sample: strToU8(OTIO), load: storyboard },
    { name: 'FCP 7 XML', file: 'a.xml', sample: strToU8(XML), load: storyboard },
    { name: 'EDL', file: 'a.edl', sample: strToU8(EDL), load: storyboard },
    { name: 'CSV', file: 'a.csv', sample: strToU8('shot,frames,notes\n1,24,push in\n2,"48",hold\n'), load: storyboard },
    { name: 'XLSX', file: 'a.xlsx', sample: workbook(), load: storyboard },
    {
      name: 'PDF',
      file: 'a.pdf',
      sample: pdfFile([{ width: 120, height: 90, frames: [[10, 10, 60, 40]], texts: [[10, 70, 'SH010']] }]),
      load: storyboard,
    },
    {
      name: 'safetensors',
      file: 'a.safetensors',
      sample: safetensors({ a: { shape: [2], values: [1, 2] }, b: { shape: [1], values: [3], kind: 'half' } }),
      load: async (file) => (await openSafetensors(file)).close(),
    },
    {
      name: 'ONNX',
      file: 'a.onnx',
      sample: graph.subarray(0, 60_000),
      load: (file, folder) => verifyGraph(folder, file),
    },
    {
      name: 'model_index.json',
      file: 'model_index.json',
      sample: strToU8('{"_class_name": "StableVideoDiffusionPipeline", "unet": ["diffusers", "UNet"]}'),
      load: (_file, folder) => readPack(folder),
    },
  ];
}

/** The folder's own things: the file, pages of a document beside it. */
const OWN = /^([ab]\.\w+|model_index\.json|pages([\\/]page-[\w-]+\.png)?)$/;

/** Longer than any loader takes for a small file, on a busy machine too, milliseconds. */
const ENDLESS_MS = 60_000;

/** The promise; rejects where it would never settle. */
async function settled(work: Promise<unknown>): Promise<void> {
  let stop: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    stop = setTimeout(() => reject(new Error('it never ended')), ENDLESS_MS);
  });
  try {
    await Promise.race([work, never]);
  } finally {
    clearTimeout(stop);
  }
}

/**
 * Hands `count` spoilt files to a loader. Resolves with how many were read all the same; throws an Error that names loader and try for
 * an error that is none of ours, or a file that appeared where none belongs.
 */
export async function fuzzLoader(loader: Loader, root: string, seed: number, count: number): Promise<number> {
  const folder = path.join(root, 'in');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, loader.file);
  const random = randomOf(seed);
  await writeFile(file, loader.sample);
  await loader.load(file, folder);
  let read = 0;
  for (let i = 0; i < count; i += 1) {
    await writeFile(file, spoilt(loader.sample, random));
    try {
      await settled(loader.load(file, folder));
      read += 1;
    } catch (error) {
      if (toProblem(error).code === 'internal')
        throw new Error(`${loader.name}, seed ${seed}, try ${i}`, { cause: error });
    }
  }
  const stray = [
    ...(await readdir(root)).filter((name) => name !== 'in'),
    ...(await readdir(folder, { recursive: true })).filter((name) => !OWN.test(name)),
  ];
  if (stray.length > 0) throw new Error(`${loader.name}, seed ${seed}: files out of place: ${stray.join(', ')}`);
  return read;
}
