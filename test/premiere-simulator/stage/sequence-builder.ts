/** Sets a sequence up before the code under test sees it. Nothing done here is an undo step. Times are frames from its zero. */
import path from 'node:path';
import { addFootage } from '../host/importer';
import { clearRange, footage, kindsOf, lay, lengthOn, newTrack } from '../model/edits';
import {
  clipsOf,
  type ClipState,
  type FootageState,
  type MediaState,
  type SequenceState,
  type TrackKind,
  type TrackState,
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

export interface MarkerOptions {
  readonly frame?: number;
  readonly frames?: number;
  readonly name?: string;
  readonly comments?: string;
  readonly type?: string;
  readonly color?: number;
}

export interface StillOptions {
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

export interface AudioOptions {
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
    const item = await this.#footage(options.path);
    for (const marker of options.projectItemMarkers ?? []) item.markers.push(this.#marker(marker));
    const clip = this.#lay('video', options.track ?? 0, item, options);
    clip.disabled = options.disabled ?? false;
    return this.#ref(clip);
  }

  /** A sound on the timeline, linked to a video clip where asked. */
  async addAudio(options: AudioOptions): Promise<ClipRef> {
    const clip = this.#lay('audio', options.track ?? 0, await this.#footage(options.path), options);
    if (options.link) this.#join(options.link, clip);
    return this.#ref(clip);
  }

  /** A video clip, with its sound on an audio track where it has any. */
  async addClip(options: ClipOptions): Promise<ClipRef> {
    const item = await this.#footage(options.path);
    const frames = options.frames ?? Number(lengthOn(this.#state, item) / this.ticksPerFrame);
    const clip = this.#lay('video', options.track ?? 0, item, { ...options, frames });
    if (kindsOf(item).includes('audio'))
      this.#join(this.#ref(clip), this.#lay('audio', options.audioTrack ?? 0, item, { ...options, frames }));
    return this.#ref(clip);
  }

  /** A matte or title: an item without a file. */
  addSynthetic(options: Omit<StillOptions, 'path'>): ClipRef {
    const item = this.#item(
      addFootage(this.session, '', NO_MEDIA, this.session.state.root, options.name ?? 'Color Matte'),
    );
    return this.#ref(this.#lay('video', options.track ?? 0, item, options));
  }

  /** Another sequence of the project, nested. */
  addNested(options: Omit<StillOptions, 'path'> & { readonly sequence: SequenceBuilder }): ClipRef {
    const { item, name } = options.sequence.#state;
    return this.#ref(this.#lay('video', options.track ?? 0, { id: item, name }, options));
  }

  addMarker(options: MarkerOptions): void {
    this.#state.markers.push(this.#marker(options));
  }

  /** Makes sure that there are at least this many tracks. */
  addTracks(video: number, audio: number): void {
    while (this.#state.video.length < video) newTrack(this.#state, 'video');
    while (this.#state.audio.length < audio) newTrack(this.#state, 'audio');
  }

  /** The clip of this name, the first by track and start; throws where there is none. */
  clip(name: string): ClipRef {
    const found = [...clipsOf(this.#state)].find(({ clip }) => clip.name === name);
    if (!found) throw new Error(`No clip is named ${name}.`);
    return this.#ref(found.clip);
  }

  snapshot(): SequenceSnapshot {
    return snapshotOf(this.session.state, this.#state);
  }

  #lay(
    kind: TrackKind,
    index: number,
    item: { id: string; name: string },
    options: { start: number; frames: number; name?: string },
  ): ClipState {
    const { ticksPerFrame } = this.#state;
    const start = BigInt(options.start) * ticksPerFrame;
    const end = start + BigInt(options.frames) * ticksPerFrame;
    const track = this.#track(kind, index);
    clearRange(track, start, end, this.session.newKey);
    return lay(
      track,
      { item, start, end, link: null, ...(options.name === undefined ? {} : { name: options.name }) },
      this.session.newKey,
    );
  }

  #track(kind: TrackKind, index: number): TrackState {
    for (;;) {
      const track = this.#state[kind][index];
      if (track) return track;
      newTrack(this.#state, kind);
    }
  }

  async #footage(file: string): Promise<FootageState> {
    const absolute = path.resolve(file);
    for (const item of this.session.state.items.values())
      if (item.kind === 'footage' && item.path === absolute) return item;
    const media = await probe(absolute);
    if (media === 'unsupported') throw new Error(`${absolute} is not a file the host imports.`);
    const item = this.#item(
      addFootage(this.session, absolute, media === 'missing' ? NO_MEDIA : media, this.session.state.root),
    );
    item.offline = media === 'missing';
    return item;
  }

  #item(id: string): FootageState {
    const item = footage(this.session.state, id);
    if (!item) throw new Error(`There is no footage ${id}.`);
    return item;
  }

  #join(ref: ClipRef, other: ClipState): void {
    const first = [...clipsOf(this.#state)].find(({ clip }) => clip.key === ref.key)?.clip;
    if (!first) throw new Error('The clip to link with is gone.');
    first.link ??= this.session.newKey();
    other.link = first.link;
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

  #ref(clip: ClipState): ClipRef {
    return { session: this.session, sequence: this.guid, key: clip.key };
  }
}
