/**
 * Constants at run time. The names are checked against Adobe's enums; the values are not theirs on purpose:
 * [R] the running host has strings where the types say numbers, and [I] numbers in another order, so nothing may hard-code one.
 */
import type { Constants } from '@adobe/premierepro';

type Table = { [E in keyof typeof Constants]: Record<Extract<keyof (typeof Constants)[E], string>, number | string> };

const track = {
  TRACK_CHANGED: 'EVENT_TRACK_CHANGED',
  INFO_CHANGED: 'EVENT_TRACK_INFO_CHANGED',
  LOCK_CHANGED: 'EVENT_TRACK_LOCK_CHANGED',
};

const TABLE = {
  AAFExportAudioFormat: { AIFF: 0, WAV: 1 },
  AudioChannelType: { MONO: 0, STEREO: 1, SURROUND_51: 2, MULTI: 3 },
  AudioDisplayFormatType: { SAMPLE_RATE: 200, MILLISECONDS: 201 },
  AudioTrackEvent: track,
  ContentType: { ANY: 0, SEQUENCE: 1, MEDIA: 2 },
  EncoderEvent: {
    RENDER_COMPLETE: 'EVENT_RENDER_COMPLETE',
    RENDER_ERROR: 'EVENT_RENDER_ERROR',
    RENDER_CANCEL: 'EVENT_RENDER_CANCEL',
    RENDER_QUEUE: 'EVENT_RENDER_QUEUE',
    RENDER_PROGRESS: 'EVENT_RENDER_PROGRESS',
  },
  ExportType: { QUEUE_TO_AME: 'QUEUE_TO_AME', QUEUE_TO_APP: 'QUEUE_TO_APP', IMMEDIATELY: 'IMMEDIATELY' },
  InterpolationMode: { BEZIER: 5, HOLD: 4, LINEAR: 0, TIME: 6, TIME_TRANSITION_END: 8, TIME_TRANSITION_START: 7 },
  MarkerColor: { GREEN: 0, RED: 1, MAGNETA: 2, ORANGE: 3, YELLOW: 4, BLUE: 6, CYAN: 7 },
  MediaType: {
    ANY: '00000000-0000-0000-0000-000000000000',
    DATA: '4f8a1c02-0000-4000-8000-0000000000d0',
    VIDEO: '4f8a1c02-0000-4000-8000-0000000000d1',
    AUDIO: '4f8a1c02-0000-4000-8000-0000000000d2',
  },
  MetadataType: { INTEGER: 0, REAL: 1, TEXT: 2, BOOLEAN: 3 },
  OperationCompleteEvent: {
    CLIP_EXTEND_REACHED: 'onClipExtendReached',
    EFFECT_DROP_COMPLETE: 'onEffectDropComplete',
    EFFECT_DRAG_OVER: 'onEffectDragOver',
    EXPORT_MEDIA_COMPLETE: 'onExportMediaComplete',
    GENERATIVE_EXTEND_COMPLETE: 'onGenerativeExtendComplete',
    IMPORT_MEDIA_COMPLETE: 'onImportMediaComplete',
  },
  OperationCompleteState: { SUCCESS: 0, CANCELLED: 1, FAILED: 2 },
  PixelAspectRatio: {
    SQUARE: '1.0',
    DVNTSC: '0.9091',
    DVNTSCWide: '1.2121',
    DVPAL: '1.0940',
    DVPALWide: '1.4587',
    Anamorphic: '2.0',
    HDAnamorphic1080: '1.333',
    DVCProHD: '1.5',
  },
  PreferenceKey: {
    AUTO_PEAK_GENERATION: 'be.Prefs.AutoPeakGeneration',
    IMPORT_WORKSPACE: 'be.Prefs.ImportWorkspace',
    SHOW_QUICKSTART_DIALOG: 'be.Prefs.ShowQuickstart',
  },
  ProjectEvent: {
    OPENED: 'onProjectOpened',
    CLOSED: 'onProjectClosed',
    DIRTY: 'onProjectDirty',
    ACTIVATED: 'onProjectActivated',
    PROJECT_ITEM_SELECTION_CHANGED: 'onProjectItemSelectionChanged',
  },
  ProjectItemColorLabel: {
    VIOLET: 0,
    IRIS: 1,
    LAVENDER: 2,
    CERULEAN: 3,
    FOREST: 4,
    ROSE: 5,
    MANGO: 6,
    PURPLE: 7,
    BLUE: 8,
    TEAL: 9,
    MAGENTA: 10,
    TAN: 11,
    GREEN: 12,
    BROWN: 13,
    YELLOW: 14,
  },
  PropertyType: { PERSISTENT: 1, NON_PERSISTENT: 0 },
  ScratchDiskFolder: { SAME_AS_PROJECT: 'SameAsProject', MY_DOCUMENTS: 'MyDocuments' },
  ScratchDiskFolderType: {
    CAPTURE: 'CAPTURE',
    AUDIO_PREVIEW: 'AUDIOPREVIEW',
    VIDEO_PREVIEW: 'VIDEOPREVIEW',
    AUTO_SAVE: 'AUTOSAVE',
    CCL_LIBRARIES: 'CCLLIBRARIES',
    CAPSULE_MEDIA: 'CAPSULEMEDIA',
  },
  SequenceEvent: {
    ACTIVATED: 'onSequenceActivated',
    CLOSED: 'onSequenceClosed',
    SELECTION_CHANGED: 'onSequenceSelectionChanged',
  },
  SequenceOperation: { APPLYCUT: 'ApplyCuts', CREATEMARKER: 'CreateMarkers', CREATESUBCLIP: 'CreateSubclips' },
  SnapEvent: {
    KEYFRAME: 'onSnapKeyframe',
    RAZOR_PLAYHEAD: 'onSnapRazorPlayhead',
    RAZOR_MARKER: 'onSnapRazorMarker',
    TRACKITEM: 'onSnapTrackItem',
    GUIDES: 'onSnapGuides',
    PLAYHEAD_TRACKITEM: 'onSnapPlayheadTrackItem',
  },
  /** [D] Empty 0, Clip 1, Transition 2, Preview 3, Feedback 4. */
  TrackItemType: { EMPTY: 0, CLIP: 1, TRANSITION: 2, PREVIEW: 3, FEEDBACK: 4 },
  TransitionPosition: { START: 0, END: 1 },
  VideoDisplayFormatType: {
    FPS_23_976: 110,
    FPS_25: 101,
    FPS_29_97: 102,
    FPS_29_97_NON_DROP: 103,
    FEET_FRAME_16mm: 111,
    FEET_FRAME_35mm: 112,
    FRAMES: 109,
  },
  VideoFieldType: { PROGRESSIVE: 0, UPPER_FIRST: 1, LOWER_FIRST: 2 },
  VideoTrackEvent: track,
} as const satisfies Table;

/** The values above under their own types, for the simulator's use. */
export const RAW = TABLE;

const table: object = TABLE;
/** The table as Adobe declares it. The names were checked above; the values are what this file says they are. */
export const constants = table as typeof Constants;
