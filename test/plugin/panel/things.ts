/** Shots, jobs and takes as the panel's logic sees them. */
import type { JobRow, JobSpec } from '../../../shared/protocol';
import { RATES, type Shot } from '../../../shared/shot';
import type { PlacedTake, ShotReading, TimelineView } from '../../../plugin/premiere';
import { initialState, type PanelState } from '../../../plugin/panel/state/state';

export const sha = (n: number): string => n.toString(16).padStart(64, '0');

const draft: Omit<Shot, 'boards'> = {
  id: 'SH010',
  name: 'SH010',
  rate: RATES['24'],
  dropFrame: false,
  startFrame: 100,
  frames: 48,
  size: { width: 1920, height: 1080 },
  fit: 'letterbox',
  notes: 'slow push in',
};

export const shot = (given: Partial<Omit<Shot, 'boards'>> = {}): ShotReading => {
  const all = { ...draft, name: given.id ?? draft.name, ...given };
  const board = {
    at: 0,
    name: `${all.id}.png`,
    mediaPath: `/b/${all.id}.png`,
    itemStartFrame: all.startFrame,
    trackIndex: 0,
  };
  return { draft: all, boards: [board], trackIndex: 0, notes: [] };
};

type RowGiven = Partial<Omit<JobRow, 'spec'>> & { readonly spec?: Partial<JobSpec>; readonly shot?: Partial<Shot> };

export const row = (id: string, given: RowGiven = {}): JobRow => {
  const { spec, shot: about, ...rest } = given;
  return {
    spec: {
      id,
      sequence: { projectId: 'p', sequenceId: 's', name: 'S' },
      shot: { ...draft, boards: [{ board: sha(1), at: 0, name: 'SH010.png' }], ...about },
      engine: 'auto',
      seed: 1,
      codec: 'prores-proxy',
      quality: 'full',
      take: 1,
      version: '1',
      ...spec,
    },
    state: 'placed',
    attempts: 1,
    order: 1,
    submittedAt: 1_000,
    changedAt: 1_000,
    ...rest,
  };
};

export const lying = (jobId: string, given: Partial<PlacedTake> = {}): PlacedTake => ({
  jobId,
  shotName: 'SH010',
  take: 1,
  trackIndex: 1,
  startFrame: 100,
  frames: 48,
  enabled: true,
  name: `${jobId}.mov`,
  path: `/t/${jobId}.mov`,
  label: 'open',
  ...given,
});

export const view = (shots: readonly ShotReading[], takes: readonly PlacedTake[] = []): TimelineView => ({
  reading: {
    projectId: 'p',
    sequenceId: 's',
    name: 'S',
    projectName: 'P',
    rate: RATES['24'],
    dropFrame: false,
    size: { width: 1920, height: 1080 },
    shots,
    problems: [],
  },
  selected: [],
  takes,
  sheet: { v: 1, shots: {} },
});

export const jobsOf = (...rows: readonly JobRow[]): ReadonlyMap<string, JobRow> =>
  new Map(rows.map((each) => [each.spec.id, each]));

export const state = (given: Partial<PanelState> = {}): PanelState => ({
  ...initialState('en', { kind: 'connecting' }, 0),
  ...given,
});
