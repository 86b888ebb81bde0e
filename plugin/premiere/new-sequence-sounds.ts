/** A storyboard's dialogue and music under its boards: each sound on its track, from its frame. */
import type { AudioClipTrackItem, Project, ProjectItem, Sequence } from '@adobe/premierepro';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import { framesToTicks } from '../../shared/shot';
import type { PremiereApi } from './api';
import { orElse, orNull } from './host-values';
import type { HostDependencies } from './host';
import { transact } from './lock';
import { importFiles } from './new-sequence-boards';
import { soundsNotLaid } from './new-sequence-problems';
import { samePathKey } from './paths';
import { steadily } from './steady';
import { frameTime, ticksOf } from './ticks';
import { castClip } from './tracks';

type PlannedSound = NonNullable<SequencePlan['sounds']>[number];

interface Heard {
  readonly key: string;
  readonly end: bigint;
  readonly item: AudioClipTrackItem;
}

const keyOf = (path: string, start: bigint): string => `${start} ${samePathKey(path)}`;

/** What lies on the audio tracks. */
async function readSounds(ppro: PremiereApi, sequence: Sequence): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  for (let index = 0; index < (await sequence.getAudioTrackCount()); index += 1) {
    const track = orNull(await sequence.getAudioTrack(index));
    const items = orNull(track?.getTrackItems(ppro.Constants.TrackItemType.CLIP, false)) ?? [];
    for (const item of items) {
      const clip = castClip(ppro, await orElse<ProjectItem | null>(() => item.getProjectItem(), null));
      const path = clip ? await orElse(() => clip.getMediaFilePath(), '') : '';
      const [start, end] = await Promise.all([item.getStartTime(), item.getEndTime()]);
      heard.push({ key: keyOf(path, ticksOf(start)), end: ticksOf(end), item });
    }
  }
  return heard;
}

/** The same file several times: one after the other, since what is heard of it is set on its item in the project. */
function rounds(sounds: readonly PlannedSound[]): PlannedSound[][] {
  const out: PlannedSound[][] = [];
  const times = new Map<string, number>();
  for (const sound of sounds) {
    const n = times.get(sound.path) ?? 0;
    times.set(sound.path, n + 1);
    (out[n] ??= []).push(sound);
  }
  return out;
}

/**
 * Lays what is not there yet. A track that the sequence lacks is made by the first sound inserted on it. Ends are cut where the plan says,
 * as far as Premiere lets itself be told. Throws "host-transaction-failed" where a sound does not lie at its frame in the end.
 */
export async function laySounds(
  ppro: PremiereApi,
  deps: HostDependencies,
  project: Project,
  sequence: Sequence,
  plan: SequencePlan,
): Promise<void> {
  const { sounds = [], rate, name } = plan;
  if (sounds.length === 0) return;
  const look = <T>(task: () => Promise<T>): Promise<T> => steadily(deps.wait, 'read the sounds', task);
  const startOf = (sound: PlannedSound): string => keyOf(sound.path, framesToTicks(sound.startFrame, rate));
  const lacking = async (): Promise<PlannedSound[]> => {
    const there = new Set((await look(() => readSounds(ppro, sequence))).map(({ key }) => key));
    return sounds.filter((sound) => !there.has(startOf(sound)));
  };
  const wanted = await lacking();
  if (wanted.length > 0) {
    const items = await importFiles(ppro, deps, project, { name, paths: sounds.map(({ path }) => path) });
    const editor = ppro.SequenceEditor.getEditor(sequence);
    for (const round of rounds(wanted)) {
      const each = round.flatMap((sound) => {
        const item = items.get(samePathKey(sound.path));
        return item ? [{ sound, item, clip: castClip(ppro, item) }] : [];
      });
      transact(project, {
        undoName: 'Set what is heard of the sounds',
        actions: [],
        optional: each.flatMap(({ sound: { inFrame, frames }, clip }) =>
          clip && inFrame > 0
            ? [
                () =>
                  clip.createSetInOutPointsAction(
                    frameTime(ppro, inFrame, rate),
                    frameTime(ppro, inFrame + frames, rate),
                  ),
              ]
            : [],
        ),
      });
      const at = (sound: PlannedSound) => frameTime(ppro, sound.startFrame, rate);
      const rest: typeof each = [];
      for (const one of each) {
        const { sound, item } = one;
        const tracks = await sequence.getAudioTrackCount();
        if (sound.track < tracks) rest.push(one);
        else
          transact(project, {
            undoName: `Lay the sound of ${name}`,
            actions: [() => editor.createInsertProjectItemAction(item, at(sound), 0, tracks, true)],
          });
      }
      transact(project, {
        undoName: `Lay the sound of ${name}`,
        actions: rest.map(
          ({ sound, item }) =>
            () =>
              editor.createOverwriteItemAction(item, at(sound), 0, sound.track),
        ),
      });
    }
    const laid = new Map((await look(() => readSounds(ppro, sequence))).map((each) => [each.key, each]));
    transact(project, {
      undoName: `Trim the sound of ${name}`,
      actions: [],
      optional: sounds.flatMap((sound) => {
        const one = laid.get(startOf(sound));
        const end = sound.startFrame + sound.frames;
        return one && one.end > framesToTicks(end, rate)
          ? [() => one.item.createSetEndAction(frameTime(ppro, end, rate))]
          : [];
      }),
    });
  }
  const left = await lacking();
  if (left[0]) throw soundsNotLaid(plan, left[0].path, left.length);
}
