/** `inbetween animate`: boards become an animatic, without Premiere. */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { InbetweenError } from '../../../shared/problem';
import { CODECS, ENGINES, type Codec, type JobRow, type JobSpec } from '../../../shared/protocol';
import {
  parseRate,
  SHEETS,
  TimeError,
  type BurnIns,
  type Fit,
  type FrameRate,
  type Sheets,
  type Size,
} from '../../../shared/shot';
import { animate } from '../animate/animate';
import { costInWords, estimateInWords } from '../animate/cost-words';
import { modelWish } from '../animate/model-wish';
import { packOf } from '../animate/pack-wish';
import { ProgressLine } from '../animate/progress-line';
import { resultOfRun } from '../animate/result-json';
import { readShotFile } from '../animate/shot-file';
import { tableOfRun } from '../animate/table';
import { daemonConfig, VERSION } from '../config';
import { dataLayout } from '../data-folder';
import { settingsIn } from '../settings';
import { remark, say, sayJson, sentences } from '../speak';
import { providerOption, type ProviderChoice } from './provider-option';

interface Options {
  readonly notes?: string;
  readonly fps?: FrameRate;
  readonly dropFrame?: boolean;
  readonly frames?: number;
  readonly seconds?: number;
  readonly size?: Size;
  readonly fit: Fit;
  readonly sheets: Sheets;
  readonly burnIns?: BurnIns;
  readonly moves?: string;
  readonly onTwos?: boolean;
  readonly shotFile?: string;
  readonly relativeMedia?: boolean;
  readonly engine: JobSpec['engine'];
  readonly provider: ProviderChoice;
  readonly pack?: string;
  readonly style?: string[];
  readonly prompt?: string;
  readonly negative?: string;
  readonly styleLine?: string;
  readonly seed: number;
  readonly takes: number;
  readonly handles: number;
  readonly codec: Codec;
  readonly out: string;
  /** Absent: as the settings say. */
  readonly previs?: boolean;
  readonly estimate?: boolean;
  readonly json?: boolean;
}

function rate(text: string): FrameRate {
  try {
    return parseRate(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof TimeError ? error.message : String(error));
  }
}

function whole(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
    return value;
  };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 86_400) throw new InvalidArgumentError('A number of seconds above 0.');
  return value;
}

function size(text: string): Size {
  const match = /^(\d{2,5})[x×](\d{2,5})$/i.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || width > 16_384 || height > 16_384 || width % 2 === 1 || height % 2 === 1) {
    throw new InvalidArgumentError('Two even numbers of pixels, each at most 16384, like 1920x1080.');
  }
  return { width, height };
}

function several(text: string, before: string[] = []): string[] {
  return [...before, text];
}

const BURN_INS = ['name', 'timecode', 'frames', 'notes', 'dialogue', 'slate'] as const;

function burnIns(text: string): BurnIns {
  const asked = new Set(text.split(',').map((part) => part.trim()));
  const known: readonly string[] = BURN_INS;
  if ([...asked].some((part) => !known.includes(part)))
    throw new InvalidArgumentError(`Any of ${known.join(', ')}, with commas between.`);
  const on = (part: (typeof BURN_INS)[number]): boolean => asked.has(part);
  return {
    shotName: on('name'),
    timecode: on('timecode'),
    frameCounter: on('frames'),
    notes: on('notes'),
    dialogue: on('dialogue'),
    slate: on('slate'),
  };
}

function stopOnSignal(): AbortSignal {
  const stopper = new AbortController();
  const stop = (): void => {
    if (stopper.signal.aborted) process.exit(130);
    stopper.abort(
      new InbetweenError({
        code: 'cancelled',
        message: 'Stopped.',
        safe: 'Finished shots are kept.',
        action: 'Run the same command again to go on.',
      }),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stopper.signal;
}

async function run(
  source: string,
  { pack, json, shotFile, previs, estimate, handles, ...options }: Options,
): Promise<void> {
  if (options.frames !== undefined && options.seconds !== undefined) {
    throw new InbetweenError({
      code: 'shot-invalid',
      message: 'A shot has --frames or --seconds, not both.',
      action: 'Leave one of them out.',
    });
  }
  const line = new ProgressLine(process.stderr, () => performance.now());
  const config = daemonConfig({ provider: options.provider });
  const settings = await settingsIn(dataLayout(config.dataDir).settings);
  let specs: readonly JobSpec[] = [];
  const label = (id: string): { shot: string; number: number; of: number } => {
    const index = specs.findIndex((spec) => spec.id === id);
    return { shot: specs[index]?.shot.name ?? id, number: index + 1, of: specs.length };
  };
  const told = (row: JobRow): string =>
    row.problem
      ? sentences(row.problem).replaceAll('\n', ' ')
      : `${row.spec.shot.frames} frames in ${(row.take?.seconds ?? 0).toFixed(1)} s`;
  const result = await animate(
    {
      ...options,
      source,
      ...(handles > 0 ? { handles: { before: handles, after: handles } } : {}),
      dropFrame: options.dropFrame === true,
      ...(options.fps ? { rate: options.fps } : {}),
      version: VERSION,
      renderEntry: config.renderEntry,
      made: new Date().toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
      ...(pack === undefined ? {} : await packOf(pack, options.engine)),
      model: await modelWish(options, pack),
      previs: previs === undefined ? settings.previsBurnIn : previs ? 'always' : 'never',
      settings,
      timingsFile: path.join(config.dataDir, 'animate-timings.json'),
      estimateOnly: estimate === true,
      ...(shotFile === undefined ? {} : { shotFile: await readShotFile(shotFile) }),
    },
    {
      estimated: (before) => {
        if (estimate !== true) line.say(estimateInWords(before));
        else if (json === true) sayJson(before);
        else say(estimateInWords(before));
      },
      planned: (planned) => (specs = planned),
      progress: (progress) => line.show(progress, label(progress.jobId)),
      finished: (row) => line.say(`${row.spec.shot.name}: ${told(row)}`),
    },
    stopOnSignal(),
  );
  line.clear();
  for (const warning of result.warnings) remark(warning);
  if (result.run === null) return;
  if (json === true) sayJson(resultOfRun(result.run));
  else {
    say(tableOfRun(result.run));
    if (result.run.cost) say(costInWords(result.run.cost.report));
    for (const shot of result.run.shots) if (shot.clip !== undefined) say(shot.clip);
    for (const file of result.files) say(`${file.path}  ${file.about}`);
  }
  if (result.run.shots.some((shot) => shot.state !== 'rendered')) process.exitCode = 1;
}

export function register(program: Command): void {
  program
    .command('animate')
    .description('turn boards or an edited sequence into an animatic')
    .argument(
      '<boards>',
      'a picture, a folder of pictures, a PDF, a .storyboarder file, a CSV or XLSX beside pictures, or an OTIO, XML or EDL',
    )
    .option('--notes <text>', 'shot notes, as written on a board: "slow push in, hold 8f"')
    .option(
      '--fps <rate>',
      "frame rate: 23.976, 24, 25, 29.97, 30, … (the storyboard's own, else 24, unless given)",
      rate,
    )
    .option('--drop-frame', 'drop-frame timecode (29.97 and 59.94)')
    .option('--frames <n>', 'length of every shot in frames', whole(1, 1_000_000))
    .option('--seconds <s>', 'length of every shot in seconds', seconds)
    .option('--size <WxH>', 'size of the clips (the shape of the boards, 1920 wide, unless given)', size)
    .addOption(
      new Option('--fit <how>', 'how boards of another shape are laid in')
        .choices(['fill', 'letterbox'])
        .default('fill'),
    )
    .addOption(
      new Option(
        '--sheets <how>',
        'scanned sheets: cut what surely is one into its panels, cut all that may be, or keep them whole',
      )
        .choices([...SHEETS])
        .default('auto'),
    )
    .option('--burn-ins <list>', 'burnt into the picture: name, timecode, frames, notes, dialogue, slate', burnIns)
    .option('--moves <words>', 'your own moves, which win over every note: "push in 1.25x from f0 to f48; hold"')
    .option('--on-twos', 'draw every second frame only, as hand animation does')
    .option('--shot-file <file>', 'JSON of your own moves, framing, moving parts and burn-ins, shot by shot')
    .addOption(new Option('--engine <name>', 'engine').choices([...ENGINES]).default('auto'))
    .addOption(providerOption('where graphs run'))
    .option(
      '--pack <folder>',
      'model pack: a folder in the diffusers layout, or a RIFE or Depth Anything folder or .onnx file',
    )
    .option('--style <file[:weight]>', 'LoRA file merged into the pack, several times if you like', several)
    .option('--prompt <text>', 'what the model is told happens, in place of the notes')
    .option('--negative <text>', 'what the model is led away from')
    .option('--style-line <text>', 'a line for every prompt: "pencil storyboard"')
    .option('--seed <n>', 'seed', whole(0, 0xffffffff), 1)
    .addOption(new Option('--codec <name>', 'codec of the clips').choices([...CODECS]).default('prores-proxy'))
    .option('--takes <n>', 'takes of every shot, each with a seed of its own: the first is in the cut', whole(1, 20), 1)
    .option('--handles <n>', 'frames before and after each shot, in its clip but not in the cut', whole(0, 240), 0)
    .option('--previs', 'burn PREVIS into every clip (clips of the diffusion engine alone, unless set otherwise)')
    .option('--no-previs', 'burn PREVIS into no clip')
    .option('--estimate', 'only say what it would take and cost; nothing is made')
    .option('--relative-media', 'timelines name their media relative to the output folder, so that it can be moved')
    .option('--json', 'result.json on standard output')
    .requiredOption('--out <folder>', 'where to write')
    .action(run);
}
