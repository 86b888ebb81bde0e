/** Which of the files that a person dropped make up the storyboard, and what it is called. Pure. */
import { isPlainName, STORYBOARD_LIMITS, zPlace } from '../../../../shared/protocol';

export interface Picked<F> {
  /** Place within what was dropped, with forward slashes. */
  readonly place: string;
  readonly file: F;
}

export interface Choice<F> {
  readonly name: string;
  readonly files: readonly Picked<F>[];
  /** Places of those that were left out and that a person may miss. */
  readonly left: readonly string[];
}

/** What a storyboard is made of, and projects of other programs, for which the companion says what to export instead. */
const PARTS =
  /\.(?:png|jpe?g|webp|tiff?|gif|avif|psd|psb|pdf|storyboarder|csv|tsv|xlsx|txt|json|otio|xml|fcpxml|edl|wav|mp3|aiff?|m4a|aac|flac|ogg|mp4|mov|m4v|sboard|aaf|prproj|drp|drt|otioz|fdx|fountain)$/i;
/** What systems leave in folders. */
const LITTER = /(?:^|\/)(?:\.[^/]*|__MACOSX(?:\/.*)?|Thumbs\.db|desktop\.ini)$/i;
/** Files that name a storyboard before its pictures do. */
const HEAD = /\.(?:storyboarder|otio|xml|fcpxml|edl|pdf|csv|tsv|xlsx)$/i;

const stem = (place: string): string => (place.split('/').pop() ?? place).replace(/\.[^.]+$/, '');

function nameOf(places: readonly string[]): string {
  const [first = ''] = places;
  const [folder = ''] = first.split('/');
  if (first.includes('/') && places.every((place) => place.startsWith(`${folder}/`))) return folder;
  const head = places.find((place) => HEAD.test(place));
  if (head !== undefined) return stem(head);
  const last = places.at(-1) ?? first;
  return last === first ? stem(first) : `${stem(first)} – ${stem(last)}`;
}

/** Sorts what was dropped. More than the companion takes is left to the page to say. */
export function choose<F>(dropped: readonly Picked<F>[]): Choice<F> {
  const seen = dropped.filter(
    ({ place }) => !LITTER.test(place) && !place.split('/').some((part) => part.startsWith('.')),
  );
  const fits = ({ place }: Picked<F>): boolean => PARTS.test(place) && zPlace.safeParse(place).success;
  const files = seen.filter(fits).sort((a, b) => (a.place < b.place ? -1 : 1));
  const left = seen.filter((each) => !fits(each)).map(({ place }) => place);
  const name = nameOf(files.map(({ place }) => place)).slice(0, STORYBOARD_LIMITS.pathLength);
  return { name: isPlainName(name) ? name : 'Storyboard', files, left };
}
