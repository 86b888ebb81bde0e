/** What a person does while the code under test waits. Each edit is one step of the project's undo stack. */
import { clearRange, lay, newTrack, takeAway } from '../model/edits';
import { clipsOf, findClip, removeItem, type Placed, type SequenceState, type TrackKind } from '../model/state';
import { ENCODER } from '../host/encoder';
import { addFootage } from '../host/importer';
import { RAW } from '../host/constants';
import { probe } from '../media/probe';
import { ProjectBuilder } from '../stage/project-builder';
import type { ClipOptions, ClipRef, SequenceBuilder } from '../stage/sequence-builder';
import { activateSequence, type Projects } from '../world/projects';
import type { Session } from '../world/session';

export class User {
  readonly #open: Projects;

  constructor(open: Projects) {
    this.#open = open;
  }

  /**
   * Acts in the middle of the `nth` call of a name from now on ("TrackItem.getStartTime", "Project.importFiles",
   * "Exporter.exportSequenceFrame"): after the call was made, before it answers.
   */
  during(call: string, act: () => void | Promise<void>, nth = 1): void {
    this.#open.world.hook(call, nth, act);
  }

  /** Drags a clip, and what is linked with it, to another frame; on `track` where given. What lies there is overwritten. */
  move(ref: ClipRef, to: { readonly frame: number; readonly track?: number }): void {
    this.#edit('Move', ref, (sequence, grabbed) => {
      const by = BigInt(to.frame) * sequence.ticksPerFrame - grabbed.clip.start;
      const group = groupOf(sequence, grabbed);
      for (const { clip, track } of group) takeAway(track, clip, false);
      for (const { clip, track, kind } of group) {
        const target = kind === 'video' && to.track !== undefined ? trackAt(sequence, kind, to.track) : track;
        const moved = { ...clip, start: clip.start + by, end: clip.end + by };
        clearRange(target, moved.start, moved.end, ref.session.newKey);
        target.clips.push(moved);
      }
    });
  }

  /** Drags an edge, in frames of the sequence. */
  trim(ref: ClipRef, to: { readonly startFrame?: number; readonly endFrame?: number }): void {
    this.#edit('Trim', ref, (sequence, { clip, track }) => {
      const start = to.startFrame === undefined ? clip.start : BigInt(to.startFrame) * sequence.ticksPerFrame;
      const end = to.endFrame === undefined ? clip.end : BigInt(to.endFrame) * sequence.ticksPerFrame;
      const trimmed = { ...clip, start, end, inPoint: clip.inPoint + (start - clip.start) };
      takeAway(track, clip, false);
      clearRange(track, start, end, ref.session.newKey);
      track.clips.push(trimmed);
    });
  }

  /** Deletes a clip and what is linked with it. */
  delete(ref: ClipRef, options: { readonly ripple?: boolean } = {}): void {
    this.#edit(options.ripple ? 'Ripple Delete' : 'Clear', ref, (sequence, grabbed) => {
      for (const { clip, track } of groupOf(sequence, grabbed)) takeAway(track, clip, options.ripple ?? false);
    });
  }

  rename(ref: ClipRef, name: string): void {
    this.#edit('Rename', ref, (_sequence, { clip }) => (clip.name = name));
  }

  setEnabled(ref: ClipRef, enabled: boolean): void {
    this.#edit(enabled ? 'Enable' : 'Disable', ref, (_sequence, { clip }) => (clip.disabled = !enabled));
  }

  /** Cuts a clip in two. */
  razor(ref: ClipRef, frame: number): void {
    this.#edit('Razor', ref, (sequence, { clip, track }) => {
      const at = BigInt(frame) * sequence.ticksPerFrame;
      if (at <= clip.start || at >= clip.end) return;
      track.clips.push({ ...clip, key: ref.session.newKey(), start: at, inPoint: clip.inPoint + (at - clip.start) });
      clip.end = at;
    });
  }

  /** Drops a file on a track, over whatever is there. */
  async addClip(sequence: SequenceBuilder, options: ClipOptions & { readonly frames: number }): Promise<void> {
    const { session, guid } = sequence;
    const media = await probe(options.path);
    if (typeof media === 'string') throw new Error(`${options.path} is ${media}.`);
    const id = addFootage(session, options.path, media, session.state.root);
    session.edit('Overwrite', (draft) => {
      const target = draft.sequences.get(guid);
      const item = draft.items.get(id);
      if (!target || !item) throw new Error('The sequence is gone.');
      const start = BigInt(options.start) * target.ticksPerFrame;
      const end = start + BigInt(options.frames) * target.ticksPerFrame;
      const kind = media.kind === 'audio' ? 'audio' : 'video';
      const track = trackAt(target, kind, options.track ?? 0);
      clearRange(track, start, end, session.newKey);
      lay(
        track,
        { item, start, end, link: null, ...(options.name === undefined ? {} : { name: options.name }) },
        session.newKey,
      );
    });
  }

  addTrack(sequence: SequenceBuilder, kind: TrackKind = 'video'): void {
    const { session, guid } = sequence;
    session.edit('Add Track', (draft) => newTrack(draft.sequences.get(guid) ?? missing(), kind));
  }

  /** Clicks clips; what is linked with them is selected as well [L]. No undo step. */
  select(...refs: ClipRef[]): void {
    const [first] = refs;
    if (!first) return;
    const state = first.session.sequence(first.sequence);
    for (const { clip } of clipsOf(state)) clip.selected = false;
    for (const { key } of refs)
      for (const { clip } of groupOf(state, findClip(state, key) ?? missing())) clip.selected = true;
    first.session.world.events.emit(RAW.SequenceEvent.SELECTION_CHANGED, { id: first.sequence }, first.sequence);
  }

  deselectAll(sequence: SequenceBuilder): void {
    for (const { clip } of clipsOf(sequence.session.sequence(sequence.guid))) clip.selected = false;
    sequence.session.world.events.emit(RAW.SequenceEvent.SELECTION_CHANGED, { id: sequence.guid }, sequence.guid);
  }

  /** Presses the space bar: it plays from where the playhead is. */
  play({ session, guid }: SequenceBuilder): void {
    session.playing = { sequence: guid, since: session.world.clock.now() };
  }

  /** Presses it again: the playhead rests where it has come to. */
  halt({ session, guid }: SequenceBuilder): void {
    if (session.playing?.sequence !== guid) return;
    const ms = BigInt(Math.round(session.world.clock.now() - session.playing.since));
    session.playheads.set(guid, (session.playheads.get(guid) ?? 0n) + (ms * 254_016_000_000n) / 1000n);
    session.playing = null;
  }

  /** Something is exported: `how` tells of it as the host does. */
  export(how: 'progress' | 'complete' | 'cancelled'): void {
    const { RENDER_PROGRESS, RENDER_COMPLETE, RENDER_CANCEL } = RAW.EncoderEvent;
    const name = { progress: RENDER_PROGRESS, complete: RENDER_COMPLETE, cancelled: RENDER_CANCEL }[how];
    this.#open.world.events.emit(name, {}, ENCODER);
  }

  switchSequence(sequence: SequenceBuilder): void {
    activateSequence(sequence.session, sequence.guid);
  }

  deleteSequence(sequence: SequenceBuilder): void {
    const { session, guid } = sequence;
    const { item } = session.sequence(guid);
    session.edit('Delete Sequence', (draft) => removeItem(draft, item));
  }

  switchProject(project: ProjectBuilder): void {
    this.#open.activate(project.session);
  }

  closeProject(project: ProjectBuilder): void {
    this.#open.close(project.session);
  }

  /** Opens a project again that was closed. */
  reopenProject(project: ProjectBuilder): ProjectBuilder {
    return new ProjectBuilder(this.#open.reopen(project.session));
  }

  /** Ctrl+Z; false where there was nothing to undo. In the project given, else in the one in front. */
  undo(project?: ProjectBuilder): boolean {
    return this.#session(project).undo();
  }

  redo(project?: ProjectBuilder): boolean {
    return this.#session(project).redo();
  }

  /** Deletes an entry of the project panel by its name, with every use of it. */
  deleteItem(project: ProjectBuilder, name: string): void {
    project.session.edit('Delete', (draft) => removeItem(draft, itemNamed(draft.items.values(), name).id));
  }

  renameItem(project: ProjectBuilder, name: string, to: string): void {
    project.session.edit('Rename', (draft) => (itemNamed(draft.items.values(), name).name = to));
  }

  /** The file has gone from its disk. */
  takeOffline(project: ProjectBuilder, name: string): void {
    project.session.everywhere((state) => {
      const item = itemNamed(state.items.values(), name);
      if (item.kind === 'footage') item.offline = true;
    });
  }

  /** Closes the dialog in front; false where there is none. */
  dismissModal(): boolean {
    const [modal] = this.#open.world.modals;
    modal?.dismiss();
    return modal !== undefined;
  }

  #session(project?: ProjectBuilder): Session {
    return project?.session ?? this.#open.active ?? missing();
  }

  #edit(name: string, ref: ClipRef, change: (sequence: SequenceState, placed: Placed) => void): void {
    ref.session.edit(name, (draft) => {
      const sequence = draft.sequences.get(ref.sequence) ?? missing();
      change(sequence, findClip(sequence, ref.key) ?? missing());
    });
  }
}

function groupOf(sequence: SequenceState, grabbed: Placed): Placed[] {
  return [...clipsOf(sequence)].filter(
    ({ clip }) => clip.key === grabbed.clip.key || (clip.link !== null && clip.link === grabbed.clip.link),
  );
}

function trackAt(sequence: SequenceState, kind: TrackKind, index: number): Placed['track'] {
  for (;;) {
    const track = sequence[kind][index];
    if (track) return track;
    newTrack(sequence, kind);
  }
}

function itemNamed<T extends { name: string }>(all: Iterable<T>, name: string): T {
  for (const item of all) if (item.name === name) return item;
  throw new Error(`No item is named ${name}.`);
}

function missing(): never {
  throw new Error('What the person meant to edit is gone.');
}
