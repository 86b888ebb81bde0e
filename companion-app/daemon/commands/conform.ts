/** `inbetween conform`: the edited sequence against the storyboard it was cut from. */
import { mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { parseRate, TimeError, type FrameRate } from '../../../shared/shot';
import {
  conform,
  conformedCsv,
  conformStoryboarder,
  readEdited,
  reportHtml,
  reportJson,
  reportText,
} from '../../interchange/conform';
import { projectsIn, readStoryboard } from '../../interchange/in';
import { readText } from '../../interchange/in/file/read-text';
import { remark, say, sayJson } from '../speak';

interface Options {
  readonly out: string;
  readonly fps?: FrameRate;
  readonly json?: boolean;
}

function rate(text: string): FrameRate {
  try {
    return parseRate(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof TimeError ? error.message : String(error));
  }
}

/** The folder a file lies in, or the folder itself, by its true name. */
async function folderOf(source: string): Promise<string> {
  const info = await stat(source).catch(() => null);
  const folder = info?.isDirectory() === true ? source : path.dirname(path.resolve(source));
  return realpath(folder).catch(() => path.resolve(folder));
}

/** The Storyboarder project that was read: the file, or the first one of its folder; null for every other storyboard. */
async function projectOf(source: string): Promise<string | null> {
  if ((await stat(source)).isFile()) return projectsIn([source])[0] ?? null;
  const [first] = projectsIn((await readdir(source)).filter((name) => !name.startsWith('.')));
  return first === undefined ? null : path.join(source, first);
}

/** What a result may be called: beside the storyboard or the edit it bears another name than theirs, so that they stay what they were. */
async function besides(folder: string, sources: readonly string[]): Promise<(name: string) => string> {
  const here = await folderOf(folder);
  const there = await Promise.all(sources.map(folderOf));
  if (!there.includes(here)) return (name) => name;
  return (name) => {
    const { name: stem, ext } = path.parse(name);
    return `${stem} (edit)${ext}`;
  };
}

async function run(storyboardFile: string, editedFile: string, { out, fps, json }: Options): Promise<void> {
  const folder = path.resolve(out);
  const edited = await readEdited(editedFile, fps ? { rate: fps } : {});
  const storyboard = await readStoryboard(storyboardFile, { pictures: path.join(folder, 'pages'), rate: edited.rate });
  const conformed = conform(storyboard, edited);
  await mkdir(folder, { recursive: true });
  const named = await besides(folder, [storyboardFile, editedFile]);
  const files: string[] = [];
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, named(name));
    await writeFile(file, text);
    files.push(file);
  };
  await write('conform.txt', `${reportText(conformed).join('\n')}\n`);
  await write('conform.json', `${JSON.stringify(reportJson(conformed), null, 2)}\n`);
  await write('conform.html', reportHtml(conformed));
  await write('storyboard.csv', conformedCsv(conformed));
  const original = await projectOf(storyboardFile);
  const project = original === null ? null : conformStoryboarder(await readText(original), conformed);
  if (original !== null && project === null)
    remark(
      'The project keeps its scenes in folders of their own: storyboard.csv has the new order, its files stay as they are.',
    );
  if (original !== null && project !== null) {
    await write(path.basename(original), project.text);
    for (const warning of project.warnings) remark(warning);
    remark('The project needs the images folder of the original beside it.');
  }
  if (json === true) sayJson(reportJson(conformed));
  else {
    for (const line of reportText(conformed)) say(line);
    for (const file of files) say(file);
  }
}

export function register(program: Command): void {
  program
    .command('conform')
    .description('compare an edited sequence with its storyboard: order, lengths, deletions, duplicates')
    .argument('<storyboard>', 'what `animate` takes: a .storyboarder file, a folder, a table, a PDF, a timeline')
    .argument('<edited>', 'the edited sequence: OTIO, FCP7 XML, FCPXML, EDL, or the reading of the panel as JSON')
    .option('--fps <rate>', 'frame rate of an edit list, which has none of its own', rate)
    .option('--json', 'the report as JSON on standard output')
    .requiredOption('--out <folder>', 'where to write')
    .action(run);
}
