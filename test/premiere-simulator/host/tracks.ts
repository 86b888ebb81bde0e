/** Tracks. getTrackItems is synchronous, and promises no order [D]. */
import type { AudioClipTrackItem, AudioTrack, Guid, VideoClipTrackItem, VideoTrack } from '@adobe/premierepro';
import type { TrackState } from '../model/state';
import { gone } from '../world/world';
import { arity, valid } from './adobe';
import { RAW } from './constants';
import { ClipHandle, Handles, type TrackHandle } from './handles';
import { SimAudioClipTrackItem, SimVideoClipTrackItem } from './track-items';
import { guid } from './values';

const tracks = new Handles<TrackHandle>();

abstract class Track {
  constructor(handle: TrackHandle) {
    tracks.set(this, handle);
  }

  get name(): string {
    return this.state().name;
  }

  get id(): number {
    return tracks.of(this).id;
  }

  getIndex(): Promise<number> {
    return this.read('getIndex', () => tracks.of(this).index);
  }

  isMuted(): Promise<boolean> {
    return this.read('isMuted', () => this.state().muted);
  }

  getMediaType(): Promise<Guid> {
    return this.read('getMediaType', () =>
      guid(tracks.of(this).kind === 'video' ? RAW.MediaType.VIDEO : RAW.MediaType.AUDIO),
    );
  }

  /** [I] At once and not undoable. */
  setMute(...args: Parameters<VideoTrack['setMute']>): Promise<boolean> {
    arity(args, 1);
    const { session, guid: sequence, kind, id } = tracks.of(this);
    return this.read('setMute', () => {
      session.everywhere((state) => {
        const track = state.sequences.get(sequence)?.[kind].find((other) => other.id === id);
        if (track) track.muted = args[0];
      });
      return true;
    });
  }

  /** [D] From 26.3. */
  createSetNameAction(...args: Parameters<VideoTrack['createSetNameAction']>): object {
    arity(args, 1);
    const { session, guid: sequence, kind, id } = tracks.of(this);
    this.state();
    return session.action(() => (draft) => {
      const track = draft.sequences.get(sequence)?.[kind].find((other) => other.id === id);
      if (!track) throw gone();
      track.name = args[0];
    });
  }

  protected read<T>(member: string, read: () => T): Promise<T> {
    return tracks.of(this).session.world.call(`Track.${member}`, read);
  }

  protected state(): TrackState {
    const { state, kind, index } = tracks.of(this);
    const track = state[kind][index];
    if (!track) throw gone();
    return track;
  }

  /** In the order they were laid, not in time. Empty stretches and transitions are not modelled: other types give nothing. */
  protected handles(args: readonly unknown[]): ClipHandle[] {
    arity(args, 2);
    valid(typeof args[1] === 'boolean');
    const { session, guid: sequence } = tracks.of(this);
    if (args[0] !== RAW.TrackItemType.CLIP) return [];
    return this.state().clips.map((clip) => new ClipHandle(session, sequence, clip.key));
  }
}

export class SimVideoTrack extends Track implements VideoTrack {
  getTrackItems(...args: Parameters<VideoTrack['getTrackItems']>): VideoClipTrackItem[] {
    return this.handles(args).map((handle) => new SimVideoClipTrackItem(handle));
  }
}

export class SimAudioTrack extends Track implements AudioTrack {
  getTrackItems(...args: Parameters<AudioTrack['getTrackItems']>): AudioClipTrackItem[] {
    return this.handles(args).map((handle) => new SimAudioClipTrackItem(handle));
  }
}
