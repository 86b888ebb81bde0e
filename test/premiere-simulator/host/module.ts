/** What `require('premierepro')` gives: the parts of it that are modelled, each of exactly Adobe's type. */
import type { premierepro } from '@adobe/premierepro';
import type { Projects } from '../world/projects';
import type { Session } from '../world/session';
import type { Wrappers } from '../world/wrappers';
import { constants, RAW } from './constants';
import { EncoderManagers } from './encoder';
import { eventManager } from './event-manager';
import { Exporters } from './exporter';
import { ClipHandle, ItemHandle, SequenceHandle } from './handles';
import { MarkerLists, MarkerTypes } from './markers';
import { projectStatic, SimProject } from './project';
import { ClipProjectItems, FolderItems, ProjectItems, SimFolderItem, SimProjectItem } from './project-items';
import { PropertyLists } from './properties';
import { TrackItemSelections } from './selection';
import { SimSequence } from './sequence';
import { SequenceEditors } from './sequence-editor';
import { FrameRates, TickTimes } from './time';
import { SimAudioClipTrackItem, SimVideoClipTrackItem } from './track-items';
import { Guids } from './values';

/** The members of Adobe's module that the simulator has. */
export type PremiereModule = Pick<
  premierepro,
  | 'Application'
  | 'AudioClipTrackItem'
  | 'AudioTrack'
  | 'ClipProjectItem'
  | 'Constants'
  | 'EncoderManager'
  | 'EventManager'
  | 'Exporter'
  | 'FolderItem'
  | 'FrameRate'
  | 'Guid'
  | 'Marker'
  | 'Markers'
  | 'OperationCompleteEvent'
  | 'Project'
  | 'ProjectClosedEvent'
  | 'ProjectEvent'
  | 'ProjectItem'
  | 'Properties'
  | 'Sequence'
  | 'SequenceEditor'
  | 'TickTime'
  | 'TrackItemSelection'
  | 'VideoClipTrackItem'
  | 'VideoTrack'
>;

const itemTypes = {
  TRACKITEMTYPE_EMPTY: RAW.TrackItemType.EMPTY,
  TRACKITEMTYPE_CLIP: RAW.TrackItemType.CLIP,
  TRACKITEMTYPE_TRANSITION: RAW.TrackItemType.TRANSITION,
  TRACKITEMTYPE_PREVIEW: RAW.TrackItemType.PREVIEW,
  TRACKITEMTYPE_FEEDBACK: RAW.TrackItemType.FEEDBACK,
};

const trackEvents = {
  EVENT_TRACK_CHANGED: RAW.VideoTrackEvent.TRACK_CHANGED,
  EVENT_TRACK_INFO_CHANGED: RAW.VideoTrackEvent.INFO_CHANGED,
  EVENT_TRACK_LOCK_CHANGED: RAW.VideoTrackEvent.LOCK_CHANGED,
};

const operation = RAW.OperationCompleteEvent;
const outcome = RAW.OperationCompleteState;

/** Wrappers of one project's things: a new one at every call. */
export function wrappersFor(open: () => Projects): (session: Session) => Wrappers {
  return (session) => ({
    project: () => new SimProject(session, open()),
    sequence: (guid) => new SimSequence(new SequenceHandle(session, guid)),
    rawItem: (id) => new SimProjectItem(new ItemHandle(session, id, 'raw')),
    folder: (id) => new SimFolderItem(new ItemHandle(session, id, 'folder')),
    trackItem: (sequence, kind, key) => {
      const handle = new ClipHandle(session, sequence, key);
      return kind === 'video' ? new SimVideoClipTrackItem(handle) : new SimAudioClipTrackItem(handle);
    },
  });
}

export function premiereModule(open: Projects): PremiereModule {
  return {
    Application: { version: '26.3.0' },
    AudioClipTrackItem: itemTypes,
    AudioTrack: trackEvents,
    ClipProjectItem: ClipProjectItems,
    Constants: constants,
    EncoderManager: EncoderManagers,
    EventManager: eventManager(open.world.events),
    Exporter: Exporters,
    FolderItem: FolderItems,
    FrameRate: FrameRates,
    Guid: Guids,
    Marker: MarkerTypes,
    Markers: MarkerLists,
    OperationCompleteEvent: {
      OPERATION_STATE_SUCCESS: outcome.SUCCESS,
      OPERATION_STATE_CANCELLED: outcome.CANCELLED,
      OPERATION_STATE_FAILED: outcome.FAILED,
      EVENT_IMPORT_MEDIA_COMPLETE: operation.IMPORT_MEDIA_COMPLETE,
      EVENT_EXPORT_MEDIA_COMPLETE: operation.EXPORT_MEDIA_COMPLETE,
      EVENT_EFFECT_DROP_COMPLETE: operation.EFFECT_DROP_COMPLETE,
      EVENT_EFFECT_DRAG_OVER: operation.EFFECT_DRAG_OVER,
      EVENT_CLIP_EXTEND_REACHED: operation.CLIP_EXTEND_REACHED,
      EVENT_GENERATIVE_EXTEND_COMPLETE: operation.GENERATIVE_EXTEND_COMPLETE,
    },
    Project: projectStatic(open),
    ProjectClosedEvent: { EVENT_CLOSED: RAW.ProjectEvent.CLOSED },
    ProjectEvent: {
      EVENT_OPENED: RAW.ProjectEvent.OPENED,
      EVENT_ACTIVATED: RAW.ProjectEvent.ACTIVATED,
      EVENT_DIRTY: RAW.ProjectEvent.DIRTY,
    },
    ProjectItem: ProjectItems,
    Properties: PropertyLists,
    Sequence: {},
    SequenceEditor: SequenceEditors,
    TickTime: TickTimes,
    TrackItemSelection: TrackItemSelections,
    VideoClipTrackItem: itemTypes,
    VideoTrack: trackEvents,
  };
}
