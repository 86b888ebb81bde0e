/** The sequence for a storyboard: found or made, and given the storyboard's rate, counting, picture size and first timecode. */
import type { Project, Sequence } from '@adobe/premierepro';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import { formatRate, sameRate, ticksPerFrame } from '../../shared/shot';
import type { PremiereApi } from './api';
import { readFrameSetup } from './frame-setup';
import { orNull } from './host-values';
import type { HostDependencies } from './host';
import { transact } from './lock';
import { notMade, occupied, otherSettings } from './new-sequence-problems';
import { samePathKey } from './paths';
import { steadily } from './steady';
import { frameTime } from './ticks';
import { readVideoTracks } from './tracks';

/** A sequence of the storyboard's name that is empty, or holds nothing but its boards; null where none has the name. */
async function existing(ppro: PremiereApi, project: Project, plan: SequencePlan): Promise<Sequence | null> {
  const named = (orNull(await project.getSequences()) ?? []).filter(({ name }) => name === plan.name);
  const ours = new Set(plan.boards.map(({ path }) => samePathKey(path)));
  for (const sequence of named) {
    const clips = (await readVideoTracks(ppro, sequence)).flatMap((track) => track.clips);
    if (clips.every(({ mediaPath }) => ours.has(samePathKey(mediaPath)))) return sequence;
  }
  if (named.length > 0) throw occupied(plan);
  return null;
}

async function make(project: Project, plan: SequencePlan): Promise<Sequence> {
  let why = 'it gave none';
  try {
    const made = orNull(await project.createSequence(plan.name));
    if (made) return made;
  } catch (thrown) {
    why = thrown instanceof Error ? thrown.message.replace(/\.+$/, '') : String(thrown);
  }
  throw notMade(plan, why);
}

/** Asks for the settings. Whether they hold is read from the sequence afterwards: the answers are not to be relied on. */
async function change(ppro: PremiereApi, project: Project, sequence: Sequence, plan: SequencePlan): Promise<void> {
  const settings = await sequence.getSettings();
  // The rate that the host gives is changed: one made from a number is not exact.
  const rate = settings.getVideoFrameRate();
  rate.ticksPerFrame = Number(ticksPerFrame(plan.rate));
  settings.setVideoFrameRate(rate);
  const frame = await settings.getVideoFrameRect();
  frame.width = plan.size.width;
  frame.height = plan.size.height;
  await settings.setVideoFrameRect(frame);
  if (formatRate(plan.rate) === '29.97') {
    const { FPS_29_97, FPS_29_97_NON_DROP } = ppro.Constants.VideoDisplayFormatType;
    const display = await settings.getVideoDisplayFormat();
    display.type = plan.dropFrame ? FPS_29_97 : FPS_29_97_NON_DROP;
    await settings.setVideoDisplayFormat(display);
  }
  transact(project, {
    undoName: `Set up ${plan.name}`,
    actions: [() => sequence.createSetSettingsAction(settings)],
    optional: [() => sequence.createSetZeroPointAction(frameTime(ppro, plan.timecodeZero, plan.rate))],
  });
}

/** What is wrong with a sequence's settings in words, or null. Counting matters where frames can be dropped in it. */
async function unlike(ppro: PremiereApi, sequence: Sequence, plan: SequencePlan): Promise<string | null> {
  const now = await readFrameSetup(ppro, sequence);
  const { width, height } = now.size;
  const counted = now.dropFrame === plan.dropFrame || formatRate(plan.rate) !== '29.97';
  const same = sameRate(now.rate, plan.rate) && counted && width === plan.size.width && height === plan.size.height;
  return same ? null : `${formatRate(now.rate)} fps${now.dropFrame ? ' drop-frame' : ''} and ${width} × ${height}`;
}

/** The sequence, set as the storyboard needs it. Throws InbetweenError where the host makes none, or another than asked. */
export async function madeFor(
  ppro: PremiereApi,
  deps: HostDependencies,
  project: Project,
  plan: SequencePlan,
): Promise<Sequence> {
  const look = <T>(task: () => Promise<T>): Promise<T> => steadily(deps.wait, 'read the new sequence', task);
  const sequence = (await look(() => existing(ppro, project, plan))) ?? (await make(project, plan));
  if ((await look(() => unlike(ppro, sequence, plan))) === null) return sequence;
  await look(() => change(ppro, project, sequence, plan));
  const has = await look(() => unlike(ppro, sequence, plan));
  if (has !== null) throw otherSettings(plan, has);
  return sequence;
}
