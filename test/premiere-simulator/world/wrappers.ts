import type {
  AudioClipTrackItem,
  FolderItem,
  Project,
  ProjectItem,
  Sequence,
  VideoClipTrackItem,
} from '@adobe/premierepro';
import type { TrackKind } from '../model/state';

/** Makes the objects that scripts see. [L] A new one at every fetch: two fetches of one thing are never `===`. */
export interface Wrappers {
  project(): Project;
  sequence(guid: string): Sequence;
  rawItem(id: string): ProjectItem;
  folder(id: string): FolderItem;
  trackItem(sequence: string, kind: TrackKind, key: string): VideoClipTrackItem | AudioClipTrackItem;
}
