/** What the panel asks of its host and gets back: plain data only, no handle of Premiere ever leaves this room. */
import type { Problem } from '../../shared/problem';
import type { JobSpec, Placement } from '../../shared/protocol/job';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import type { BurnIns, CameraMove, FrameRate, Handles, Shot, Size } from '../../shared/shot';

/** Files as the host's JavaScript runtime reaches them. Paths are absolute and in the system's own form. */
export interface FileAccess {
  /** False only where the file is certainly absent; throws where the runtime may not look. */
  exists(path: string): Promise<boolean>;
  /** Bytes. Throws where the file is absent or may not be looked at. */
  size(path: string): Promise<number>;
  readFile(path: string): Promise<Uint8Array>;
  /** Removes the file; an absent one is no error. */
  remove(path: string): Promise<void>;
}

/** What the room needs besides Premiere, handed in by the composition. */
export interface HostDependencies {
  readonly files: FileAccess;
  /** Resolves after that many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A folder that Premiere can write and `files` can read. */
  readonly tempFolder: string;
}

/** A sequence by both of its ids: nothing is ever read from or placed into another one. */
export interface SequenceRef {
  readonly projectId: string;
  readonly sequenceId: string;
}

/** One still lying on the timeline. */
export interface BoardReading {
  /** First frame, counted from the shot's start; the first board of a shot has 0. */
  readonly at: number;
  /** The file's own name ("SH010_A.png"), or the clip's where the still has no file. */
  readonly name: string;
  /** Absolute path as Premiere gives it; null for stills that exist in Premiere only. */
  readonly mediaPath: string | null;
  /** First frame on the timeline, counted from the sequence's zero. */
  readonly itemStartFrame: number;
  readonly trackIndex: number;
}

/** Words of the artist about a shot, and where they were found. */
export interface ShotNote {
  readonly source: 'sequence-marker' | 'clip-marker' | 'clip-name';
  readonly text: string;
}

/** A shot as the timeline shows it: everything but the pixels. */
export interface ShotReading {
  /** The shot without its boards, whose hashes are known only once they are exported. */
  readonly draft: Omit<Shot, 'boards'>;
  /** In order of time, without gaps; their number never exceeds LIMITS.boardsPerShot. */
  readonly boards: readonly BoardReading[];
  readonly trackIndex: number;
  /** In order of weight: sequence markers, clip markers, clip name. `draft.notes` joins their texts by newlines. */
  readonly notes: readonly ShotNote[];
}

export interface SequenceReading extends SequenceRef {
  readonly name: string;
  readonly projectName: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
  /** By start, then by track. */
  readonly shots: readonly ShotReading[];
  /** What the artist should know: a board that is offline, a nested sequence in a shot's place. */
  readonly problems: readonly Problem[];
}

export interface ExportedBoard {
  /** Where the picture was read from. A composite's file is removed once it has been read. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `media`: the still's own file. `composite`: the sequence's picture at the board, takes hidden. */
  readonly source: 'media' | 'composite';
}

export interface PlaceRequest extends SequenceRef {
  readonly jobId: string;
  /** The clip: .mov or .mp4, exactly `frames` and its handles long at `rate`, without sound. */
  readonly path: string;
  readonly shotName: string;
  /** Take number in its shot, from 1. */
  readonly take: number;
  /** Where the shot began when its boards were read, in frames from the sequence's zero. */
  readonly startFrame: number;
  readonly frames: number;
  /** The board's own video track: the take lands on a track above it. */
  readonly trackAbove: number;
  readonly rate: FrameRate;
  /** File names of the shot's boards in order: they tell a renamed board from another one. */
  readonly boards?: readonly string[];
  /** Frames of the clip before and after those that are laid down: trimmed open, they are there. */
  readonly handles?: Handles;
  /** Job whose take this one supersedes in place (a preview): its clip is overwritten where it still has this very range. */
  readonly replaces?: string;
}

/** How a placement ended. Everything else is thrown as an InbetweenError and leaves the timeline as it was. */
export type PlaceOutcome =
  | {
      /** `already-placed`: the take was there before; nothing was done. */
      readonly status: 'placed' | 'already-placed';
      readonly placement: Placement;
      /** Frames from the asked start to the actual one: 0 unless the artist moved the board meanwhile. */
      readonly movedBy: number;
      /** What the artist should know in spite of success. */
      readonly note?: Problem;
    }
  | {
      /** The board is gone or no longer as long as the take: the clip waits in the bin. */
      readonly status: 'kept-in-bin';
      readonly problem: Problem;
    };

/** A take of ours that lies on the timeline now. */
export interface PlacedTake {
  readonly jobId: string;
  readonly shotName: string;
  readonly take: number;
  readonly trackIndex: number;
  readonly startFrame: number;
  readonly frames: number;
  readonly enabled: boolean;
  /** The clip's file name. */
  readonly name: string;
  readonly path: string;
  /** What its colour in the project says; absent where the host does not tell. */
  readonly label?: TakeLabel;
}

/** What a take's label colour says. */
export type TakeLabel = 'approved' | 'rejected' | 'open';

/** What the artist has set for one shot. */
export interface ShotSetting {
  /** The artist's own moves: they win over the note. */
  readonly moves?: readonly CameraMove[];
  readonly engine?: JobSpec['engine'];
  /** What a model is told happens, in place of what the note says. */
  readonly prompt?: string;
}

/** What the artist has set for the shots of a sequence, kept in it. */
export interface ShotSheet {
  readonly v: 1;
  /** By shot id. */
  readonly shots: Readonly<Record<string, ShotSetting>>;
  /** Text burnt into every take of this sequence. */
  readonly burnIns?: BurnIns;
  /** Handles that takes of this sequence are rendered with. */
  readonly handles?: Handles;
  /** A line for every prompt of the sequence. */
  readonly styleLine?: string;
  /** What a model is led away from, in place of its usual list. */
  readonly negative?: string;
  /** Jobs whose takes the artist has deleted. */
  readonly deleted?: readonly string[];
}

/** Everything the panel shows of the active sequence, read in one go. */
export interface TimelineView {
  readonly reading: SequenceReading;
  /** Ids of the shots of which a board or a take is selected. */
  readonly selected: readonly string[];
  /** Takes of ours on the sequence, by start and track. */
  readonly takes: readonly PlacedTake[];
  readonly sheet: ShotSheet;
}

/** Where a take is to lie, in frames from the sequence's zero. */
export interface RelayTarget {
  readonly startFrame: number;
  readonly frames: number;
}

/** What may have happened in the host; a reader looks for itself at what has. */
export type HostEvent = 'project' | 'sequence' | 'selection' | 'edit' | 'import';

/** An export of the host: under way, or over. */
export type ExportEvent = 'exporting' | 'exported';

/** The playhead of the sequence in front. */
export interface Playhead {
  readonly sequenceId: string;
  /** From the sequence's zero. For seeing whether it moves; never for placing. */
  readonly seconds: number;
}

/** The host as the panel sees it. Every failure is an InbetweenError with one action for the artist. */
export interface PremiereHost {
  /** Reads the active sequence. Throws host-unavailable where none is open. */
  readSequence(): Promise<SequenceReading>;
  /** The same, with only those shots of which a board or a take is selected. */
  readSelection(): Promise<SequenceReading>;
  /** The active sequence with its selection, its takes and what is set for its shots. Throws as readSequence does. */
  readTimeline(): Promise<TimelineView>;
  /** A board's pixels as the bytes of a picture file. Leaves the timeline as it was. */
  exportBoard(sequence: SequenceRef, board: BoardReading): Promise<ExportedBoard>;
  /** Imports a take and lays it above its board: one Undo step, idempotent by job id. */
  placeTake(request: PlaceRequest): Promise<PlaceOutcome>;
  /** Takes of ours on the sequence now, by start and track: what Undo took away is absent. */
  placedTakes(sequence: SequenceRef): Promise<readonly PlacedTake[]>;
  /** Shows or hides one take. One Undo step; none where it is so already. */
  setTakeEnabled(sequence: SequenceRef, jobId: string, enabled: boolean): Promise<void>;
  /** Shows this take and hides the shot's others in its slot. One Undo step; none where it is so already. */
  useTake(sequence: SequenceRef, jobId: string): Promise<void>;
  /** Colours the take's clip in the project. One Undo step. */
  labelTake(sequence: SequenceRef, jobId: string, label: TakeLabel): Promise<void>;
  /** Deletes takes that are off the timeline: their clips leave the bin, the panel forgets them. Files stay. One Undo step. */
  deleteTakes(sequence: SequenceRef, jobIds: readonly string[], name: string): Promise<void>;
  /** Takes a take off the timeline; its clip stays in the bin. One Undo step. */
  removeTake(sequence: SequenceRef, jobId: string): Promise<void>;
  /** Lays a take where its board is now, and trims it where the board is shorter. One Undo step for each of both. */
  relayTake(sequence: SequenceRef, jobId: string, target: RelayTarget): Promise<void>;
  /** Changes what is set for the sequence's shots, in one Undo step of this name. Resolves with how it is then. */
  changeSheet(sequence: SequenceRef, undoName: string, change: (sheet: ShotSheet) => ShotSheet): Promise<ShotSheet>;
  /** Selects the boards of these shots on the timeline, and nothing else. No Undo step. */
  selectShots(sequence: SequenceRef, shotIds: readonly string[]): Promise<void>;
  /** Moves the playhead to a frame, counted from the sequence's zero. */
  showFrame(sequence: SequenceRef, frame: number): Promise<void>;
  /** Where the playhead is; null where no sequence is open or the host does not tell. Never rejects. */
  playhead(): Promise<Playhead | null>;
  /** Calls back at every sign of an export of the host; the returned function ends it. A host without such events gives none. */
  onExport(handler: (event: ExportEvent) => void): () => void;
  /** Makes a sequence of a storyboard: its boards to the frame, its notes as markers. It comes to the front. */
  newSequence(plan: SequencePlan): Promise<SequenceRef>;
  /** Calls back after every event; the returned function ends it. The callback's own errors never reach Premiere. */
  subscribe(handler: (event: HostEvent) => void): () => void;
}
