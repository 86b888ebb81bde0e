/** Everything the panel shows, as one plain value. */
import type { Problem } from '../../../shared/problem';
import type { JobRow, Progress } from '../../../shared/protocol';
import type { Language } from '../../../shared/words';
import type { LinkState } from '../../link';
import type { TimelineView } from '../../premiere/host';
import type { SubmitProgress } from '../submit-shots';
import type { Filter } from './filter';

/** Something to be said once, until it is dismissed. `about` is a job or shot. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly values: Readonly<Record<string, string | number>>;
}
export type NoticeKind = 'followed' | 'trimmed' | 'opened' | 'longer' | 'submitted' | 'verdict-undone' | 'stopped';

/** A board's picture file as it was when it was last looked at. */
export interface BoardPrint {
  readonly sha256: string;
  /** Size and time of change: the same while the file is. */
  readonly stamp: string;
}

export interface PanelState {
  readonly language: Language;
  /** Premiere's own. */
  readonly hostLanguage: Language;
  readonly link: LinkState;
  /** True from the deep link until the companion answers or the wait is over. */
  readonly starting: boolean;
  /** The sequence in front of the artist; null where there is none. */
  readonly timeline: TimelineView | null;
  /** Why there is no timeline. */
  readonly hostProblem: Problem | null;
  /** Jobs of the sequence in front, by id. */
  readonly jobs: ReadonlyMap<string, JobRow>;
  readonly progress: ReadonlyMap<string, Progress>;
  /** Why a finished take is not on the timeline yet, by job. */
  readonly waiting: ReadonlyMap<string, Problem>;
  readonly sending: SubmitProgress | null;
  /** Ids of the shots chosen in the list: they follow the timeline's selection and lead it. */
  readonly chosen: readonly string[];
  /** The shot whose details are open. */
  readonly open: string | null;
  readonly filter: Filter;
  /** By absolute path. */
  readonly boards: ReadonlyMap<string, BoardPrint>;
  /** Pictures as data URLs, by their key. */
  readonly pictures: ReadonlyMap<string, string>;
  readonly notices: readonly Notice[];
  readonly trouble: Problem | null;
  /** Milliseconds since 1970, renewed while something is under way. */
  readonly now: number;
}

export function initialState(language: Language, link: LinkState, now: number): PanelState {
  return {
    language,
    hostLanguage: language,
    link,
    starting: false,
    timeline: null,
    hostProblem: null,
    jobs: new Map(),
    progress: new Map(),
    waiting: new Map(),
    sending: null,
    chosen: [],
    open: null,
    filter: { text: '', show: 'all' },
    boards: new Map(),
    pictures: new Map(),
    notices: [],
    trouble: null,
    now,
  };
}

/** A map with one entry more, or another one in its place. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

/** A map without one entry; the same map where it had none. */
export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
