/** Sets a sequence up. Nothing done here is an undo step, nor undone by one. Times are frames from its zero. */
import path from 'node:path';
import { addFootage } from '../host/importer';
import { clearRange, footage, kindsOf, lay, lengthOn, newTrack } from '../model/edits';
import {
  clipsOf,
  findClip,
  type FootageState,
  type MediaState,
  type SequenceState,
  type TrackKind,
} from '../model/state';
import { probe } from '../media/probe';
import type { Session } from '../world/session';
import { snapshotOf, type SequenceSnapshot } from './snapshot';

/** A clip, for the person's edits. It stays good as long as the clip exists, whatever happens to it. */
export interface ClipRef {
  readonly session: Session;
  readonly sequence: string;
  readonly key: string;
}

interface MarkerOptions {
  readonly frame?: number;
  readonly frames?: number;
  readonly name?: string;
  readonly comments?: string;
  readonly type?: string;
  readonly color?: number;
}

interface StillOptions {
  readonly path: string;
  readonly start: number;
  readonly frames: number;
  /** Video track from 0; missing tracks are made. Default 0. */
  readonly track?: number;
  /** The clip's name on the timeline. Default: the file's name. */
  readonly name?: string;
  /** Markers of the project item: every use of the same file shares them. */
  readonly projectItemMarkers?: readonly MarkerOptions[];
  readonly disabled?: boolean;
}

interface AudioOptions {
  readonly path: string;
  readonly start: number;
  readonly frames: number;
  readonly track?: number;
  readonly name?: string;
  /** A video clip to link it with. */
  readonly link?: ClipRef;
}

export interface ClipOptions {
  readonly path: string;
  readonly start: number;
  /** Default: the media's own length. */
  readonly frames?: number;
  readonly track?: number;
  readonly audioTrack?: number;
  readonly name?: string;
}

interface Laid {
  readonly start: number;
  readonly frames: number;
  readonly name?: string;
  readonly disabled?: boolean;
}

const NO_MEDIA: MediaState = { kind: 'still', width: 1920, height: 1080, duration: 0n, rate: null, hasAudio: false };

export class SequenceBuilder {
  constructor(
    readonly session: Session,
    readonly guid: string,
  ) {}

  get name(): string {
    return this.#state.name;
  }

  /** Ticks in one frame. */
  get ticksPerFrame(): bigint {
    return this.#state.ticksPerFrame;
  }

  get #state(): SequenceState {
    return this.session.sequence(this.guid);
  }

  /** A still on the timeline. A file that does not exist makes an offline item. */
  async addStill(options: StillOptions): Promise<ClipRef> {
    const id = await this.#footage(options.path);
    for (const marker of options.projectItemMarkers ?? []) {
      const made = this.#marker(marker);
      this.session.everywhere((state) => footage(state, id)?.markers.push({ ...made }));
    }
    return this.#lay('video', options.track ?? 0, id, options);
  }

  /** A sound on the timeline, linked to a video clip where asked. */
  async addAudio(options: AudioOptions): Promise<ClipRef> {
    const ref = this.#lay('audio', options.track ?? 0, await this.#footage(options.path), options);
    if (options.link) this.#join(options.link, ref);
    return ref;
  }

  /** A video clip, with its sound on an audio track where it has any. */
  async addClip(options: ClipOptions): Promise<ClipRef> {
    const id = await this.#footage(options.path);
    const item = this.#item(id);
    const frames = options.frames ?? Number(lengthOn(this.#state, item) / this.ticksPerFrame);
    const ref = this.#lay('video', options.track ?? 0, id, { ...options, frames });
    if (kindsOf(item).includes('audio'))
      this.#join(ref, this.#lay('audio', options.audioTrack ?? 0, id, { ...options, frames }));
    return ref;
  }

  /** A matte or title: an item without a file. */
  addSynthetic(options: Omit<StillOptions, 'path' | 'projectItemMarkers'>): ClipRef {
    const id = addFootage(this.session, '', NO_MEDIA, this.session.state.root, options.name ?? 'Color Matte');
    return this.#lay('video', options.track ?? 0, id, options);
  }

  /** Another sequence of the project, nested. */
  addNested(
    options: Omit<StillOptions, 'path' | 'projectItemMarkers'> & { readonly sequence: SequenceBuilder },
  ): ClipRef {
    return this.#lay('video', options.track ?? 0, options.sequence.#state.item, options);
  }

  addMarker(options: MarkerOptions): void {
    const made = this.#marker(options);
    this.#everywhere((sequence) => sequence.markers.push({ ...made }));
  }

  /** Makes sure that there are at least this many tracks. */
  addTracks(video: number, audio: number): void {
    this.#everywhere((sequence) => {
      while (sequence.video.length < video) newTrack(sequence, 'video');
      while (sequence.audio.length < audio) newTrack(sequence, 'audio');
    });
  }

  /** The clip of this name, the first by track and start; throws where there is none. */
  clip(name: string): ClipRef {
    const found = [...clipsOf(this.#state)].find(({ clip }) => clip.name === name);
    if (!found) throw new Error(`No clip is named ${name}.`);
    return { session: this.session, sequence: this.guid, key: found.clip.key };
  }

  snapshot(): SequenceSnapshot {
    return snapshotOf(this.session.state, this.#state);
  }

  /** What is set up is there in every state that Undo can lead to. */
  #everywhere(change: (sequence: SequenceState) => void): void {
    this.session.everywhere((state) => {
      const sequence = state.sequences.get(this.guid);
      if (sequence) change(sequence);
    });
  }

  #lay(kind: TrackKind, index: number, id: string, options: Laid): ClipRef {
    const { session, ticksPerFrame } = this;
    const start = BigInt(options.start) * ticksPerFrame;
    const end = start + BigInt(options.frames) * ticksPerFrame;
    const name = options.name ?? session.state.items.get(id)?.name ?? '';
    const key = session.newKey();
    this.addTracks(kind === 'video' ? index + 1 : 0, kind === 'audio' ? index + 1 : 0);
    this.#everywhere((sequence) => {
      const track = sequence[kind][index];
      if (!track) return;
      clearRange(track, start, end, session.newKey);
      lay(track, { item: { id, name }, start, end, link: null }, () => key).disabled = options.disabled ?? false;
    });
    return { session, sequence: this.guid, key };
  }

  async #footage(file: string): Promise<string> {
    const absolute = path.resolve(file);
    for (const item of this.session.state.items.values())
      if (item.kind === 'footage' && item.path === absolute) return item.id;
    const media = await probe(absolute);
    if (media === 'unsupported') throw new Error(`${absolute} is not a file the host imports.`);
    const id = addFootage(this.session, absolute, media === 'missing' ? NO_MEDIA : media, this.session.state.root);
    this.session.everywhere((state) => {
      const item = footage(state, id);
      if (item) item.offline = media === 'missing';
    });
    return id;
  }

  #item(id: string): FootageState {
    const item = footage(this.session.state, id);
    if (!item) throw new Error(`There is no footage ${id}.`);
    return item;
  }

  #join(first: ClipRef, second: ClipRef): void {
    const link = findClip(this.#state, first.key)?.clip.link ?? this.session.newKey();
    this.#everywhere((sequence) => {
      for (const { clip } of clipsOf(sequence)) if (clip.key === first.key || clip.key === second.key) clip.link = link;
    });
  }

  #marker(options: MarkerOptions): SequenceState['markers'][number] {
    return {
      guid: this.session.world.nextId(),
      name: options.name ?? '',
      type: options.type ?? 'Comment',
      comments: options.comments ?? '',
      url: '',
      color: options.color ?? 0,
      start: BigInt(options.frame ?? 0) * this.ticksPerFrame,
      duration: BigInt(options.frames ?? 0) * this.ticksPerFrame,
    };
  }
}
