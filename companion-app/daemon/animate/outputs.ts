/** What a run leaves behind besides its clips: the cut as a movie, timelines, report and result.json. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  edlParts,
  writeAle,
  writeEdl,
  writeFcp7Xml,
  writeFcpXml,
  writeOtio,
  writeShotList,
} from '../../interchange/out';
import { enginesOf, writeAnimatic, type AnimaticEntry, type Making } from '../../media';
import { reportHtml } from '../../review/report';
import { cutOfRun, lastFrame } from './cut';
import { reportOfRun, runBefore } from './report-of-run';
import { resultOfRun } from './result-json';
import type { Run } from './run';

export interface Outputs {
  readonly files: readonly OutputFile[];
  /** What was left out of the cut, in words. */
  readonly warnings: readonly string[];
}

export interface OutputFile {
  readonly path: string;
  readonly about: string;
}

/** The cut in order: clips where there are any, else the boards, paper black in gaps. */
function entries(run: Run): AnimaticEntry[] {
  const out: AnimaticEntry[] = [];
  let at = 0;
  for (const item of [...run.shots].sort((a, b) => a.shot.startFrame - b.shot.startFrame)) {
    if (item.shot.frames < 1 || item.shot.startFrame < at) continue;
    if (item.shot.startFrame > at) out.push({ kind: 'black', frames: item.shot.startFrame - at });
    if (item.clip !== undefined)
      out.push({ kind: 'clip', path: item.clip, frames: item.shot.frames, from: item.take?.handles?.before ?? 0 });
    else
      item.boards.forEach((board, i) => {
        const frames = (item.boards[i + 1]?.at ?? item.shot.frames) - board.at;
        if (frames > 0)
          out.push(board.path === null ? { kind: 'black', frames } : { kind: 'still', path: board.path, frames });
      });
    at = item.shot.startFrame + item.shot.frames;
  }
  return out;
}

/** What the movie of the cut says of its making: the engines of its clips. Each clip says more of its own. */
function makingOfCut({ shots, version }: Run): Making | undefined {
  const takes = shots.flatMap((item) => (item.clip !== undefined && item.take ? [item.take] : []));
  const [first] = takes;
  if (first === undefined) return undefined;
  return {
    tool: 'inbetween',
    version,
    engine: enginesOf(takes.map((take) => take.engine)),
    provider: enginesOf(takes.map((take) => take.provider)),
    seed: first.seed,
    boards: [],
    quality: 'cut',
  };
}

export interface OutputWish {
  /** The moment in words. */
  readonly made: string;
  /** Timelines name their media relative to the folder, so that it can be moved as a whole. */
  readonly relativeMedia?: boolean | undefined;
}

const TAKES = 'V2 animatics';

/**
 * Writes animatic.mp4, the cut as timelines (OTIO, FCP7 XML, FCPXML, EDL) and lists (CSV, ALE), report.html and result.json into `folder`.
 * Throws InbetweenError when a file cannot be written.
 */
export async function writeOutputs(run: Run, folder: string, { made, relativeMedia }: OutputWish): Promise<Outputs> {
  const cut = cutOfRun(run);
  const before = await runBefore(folder);
  const naming = relativeMedia === true ? { relativeTo: folder } : {};
  const files: OutputFile[] = [];
  let warnings: readonly string[] = [];
  const write = async (name: string, about: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    files.push({ path: file, about });
  };
  if (run.shots.some((item) => item.clip !== undefined)) {
    const out = path.join(folder, 'animatic.mp4');
    const animatic = await writeAnimatic({
      out,
      title: run.title,
      making: makingOfCut(run),
      rate: run.rate,
      size: run.size,
      entries: entries(run),
      audio: run.sounds.filter((sound) => sound.startFrame < lastFrame(run)),
    });
    warnings = animatic.warnings;
    files.push({ path: out, about: 'the cut as a movie, with its sound' });
  }
  await write('timeline.otio', 'the cut for OpenTimelineIO', writeOtio(cut, naming));
  await write('timeline.xml', 'the cut for Premiere, Resolve and others (FCP7 XML)', writeFcp7Xml(cut, naming));
  await write('timeline.fcpxml', 'the cut for Final Cut Pro (FCPXML 1.10)', writeFcpXml(cut, naming));
  const parts = edlParts(cut, TAKES);
  for (let part = 1; part <= parts; part += 1) {
    const [name, about] =
      part === 1 ? ['timeline.edl', ''] : [`timeline-${part}.edl`, ', what did not fit the ones before'];
    await write(name, `the clips as a CMX 3600 list${about}`, writeEdl(cut, TAKES, part));
  }
  await write('timeline.ale', 'the clips as an Avid log', writeAle(cut, TAKES));
  await write('shots.csv', 'the shots as a list for a spreadsheet', writeShotList(cut, TAKES));
  await write(
    'result.json',
    'every number of this run, for programs',
    `${JSON.stringify(resultOfRun(run), null, 2)}\n`,
  );
  await write(
    'report.html',
    'what was made, with pictures',
    reportHtml(await reportOfRun(run, { made, files, before })),
  );
  return { files, warnings };
}
