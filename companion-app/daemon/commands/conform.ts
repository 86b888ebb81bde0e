/** `inbetween conform`: the edited sequence against the storyboard it was cut from. */
import { mkdir, writeFile } from 'node:fs/promises';
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
import { readStoryboard } from '../../interchange/in';
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

async function run(storyboardFile: string, editedFile: string, { out, fps, json }: Options): Promise<void> {
  const folder = path.resolve(out);
  const edited = await readEdited(editedFile, fps ? { rate: fps } : {});
  const storyboard = await readStoryboard(storyboardFile, { pictures: path.join(folder, 'pages'), rate: edited.rate });
  const conformed = conform(storyboard, edited);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    files.push(file);
  };
  await write('conform.txt', `${reportText(conformed).join('\n')}\n`);
  await write('conform.json', `${JSON.stringify(reportJson(conformed), null, 2)}\n`);
  await write('conform.html', reportHtml(conformed));
  await write('storyboard.csv', conformedCsv(conformed));
  if (/\.storyboarder$/i.test(storyboardFile)) {
    const project = conformStoryboarder(await readText(storyboardFile), conformed);
    await write(path.basename(storyboardFile), project.text);
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
