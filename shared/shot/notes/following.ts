/** What may stand after an everyday camera word: "hold on Anna" is a hold, "hold the cup" is not. */
import { has, headOf, isUnknown, sense } from './items';
import { nextContent, type Trust } from './guards';
import type { Part } from './parts';
import type { Direction, HeadSense } from './senses';

const OBJECTS = new Set(
  'door button key pin plug code needle window drawer chair lever switch doorbell elevator lift crowd gate knob doors buttons keys'.split(
    ' ',
  ),
);
const NOT_HANDHELD = new Set(
  'radio phone device console mirror torch flashlight camcorder fan microphone mic scanner vacuum game drill walkie light lamp'.split(
    ' ',
  ),
);

/** "Track suit", "truck stop": nouns that make the word a thing. */
const TRACKS = new Set(
  'suit record list lighting meet star pants shoes bike field driver drivers stop team jacket light lights operator bird'.split(
    ' ',
  ),
);

interface Place {
  readonly parts: readonly Part[];
  /** Index of the camera word. */
  readonly at: number;
  /** Index of the last item of its direction; the word's own where it has none. */
  readonly last: number;
  readonly dir: Direction | undefined;
  /** The camera is its subject. */
  readonly camera: boolean;
  /** Words before it mark it as a thing named ("a slow push"). */
  readonly named: boolean;
}

/** 0–1: how well what follows fits a camera move. */
export function fits(head: HeadSense, place: Place): Trust {
  if (head.risk === 'none') return 1;
  const { parts, at, last, dir, camera } = place;
  const next = nextContent(parts, last);
  const [first, second] = [parts[last + 1], parts[last + 2]];
  const target =
    next === undefined ||
    next.kind !== 'word' ||
    has(
      next,
      'on',
      'to',
      'from',
      'until',
      'and',
      'sim',
      'over',
      'at',
      'shotword',
      'fill',
      'start',
      'end',
      'camera',
      'of',
    ) ||
    sense(next, 'size') !== undefined ||
    headOf(next) !== undefined ||
    next.time !== undefined;
  const article = has(first, 'det', 'poss');
  const object = article ? second : first;
  switch (head.family) {
    case 'hold': {
      if (has(parts[at + 1], 'no') || has(parts[at + 1], 'camera')) return 1;
      if (sense(parts[at + 1], 'dir') && !has(parts[at + 1], 'on', 'over', 'sim', 'after', 'before')) return 0;
      if (parts[at + 1]?.text === 'onto' || (parts[at + 1]?.text === 'on' && parts[at + 2]?.text === 'to')) return 0;
      if (article)
        return has(second, 'shotword') || sense(second, 'size') || headOf(second) || sense(second, 'unit') ? 1 : 0;
      return isUnknown(first) && !first?.text.endsWith('ly') ? 0 : 1;
    }
    case 'push':
    case 'pull': {
      if (dir === undefined) {
        if (headOf(next)?.risk === 'camera' && headOf(next)?.form === 's') return 0;
        if (head.form === 'ing' && next === undefined && !camera && !place.named) return 0;
        if (next === undefined || next.kind !== 'word' || headOf(next))
          return place.named || camera || parts.length <= 2 ? 1 : 0.9;
        if (article || isUnknown(first)) return 0;
        return has(next, 'on', 'to', 'sim', 'and', 'shotword', 'over') || sense(next, 'size') ? 0.95 : 0.5;
      }
      if (camera) return 1;
      if (parts.slice(at + 1, last).some((part) => has(part, 'it', 'poss', 'person'))) return 0;
      if (head.family === 'pull' && (dir === 'up' || dir === 'past' || dir === 'around' || dir === 'down')) return 0;
      if (object && OBJECTS.has(object.text) && dir !== 'through' && dir !== 'past') return 0;
      if (article)
        return head.family === 'pull' && !has(second, 'camera', 'shotword') ? 0 : has(first, 'poss') ? 0 : 0.6;
      if (dir === 'past' || dir === 'through') return 1;
      return isUnknown(first) && !first?.text.endsWith('ly') ? (head.family === 'pull' ? 0 : 0.5) : 1;
    }
    case 'zoom':
      if (first?.text === 'lens') return 0;
      if (dir === undefined && sense(first, 'dir') && !camera) return 0;
      if (head.pace === 'snap' && head.sure !== undefined) {
        if (dir !== 'in' && dir !== 'out') return 0;
        if (article && !camera) return 0;
        return target || camera ? 1 : 0;
      }
      return dir === undefined && isUnknown(first) && !first?.text.endsWith('ly') ? 0 : 1;
    case 'pan':
      if (dir === undefined && !target && !camera && !article) return 0;
      if (dir === undefined && has(first, 'of')) return 0;
      if (dir === undefined && first?.text === 'for' && first.time === undefined) return 0;
      if (dir === undefined && !camera && has(first, 'on', 'at', 'aux') && !has(first, 'to')) return 0;
      return dir === undefined && article ? 0.8 : 1;
    case 'tilt':
      if (dir === undefined && (article || isUnknown(first)) && !camera) return 0;
      return between(parts, at, last) ? 0 : 1;
    case 'truck':
    case 'crane':
    case 'move':
      return travels(head, place, { target, article, object, first });
    case 'follow':
      return has(first, 'of', 'on') && !camera ? 0.3 : 1;
    case 'handheld':
      return object && NOT_HANDHELD.has(object.text)
        ? 0
        : article && !camera
          ? 0
          : isUnknown(first) && NOT_HANDHELD.has(first?.text ?? '')
            ? 0
            : 1;
    case 'rack':
      return head.form === 'noun' ||
        has(first, 'to', 'from', 'focus') ||
        next === undefined ||
        sense(first, 'dir') !== undefined
        ? 1
        : 0;
    case 'sink':
      return first?.text === 'off' ? 0 : 1;
    case 'roll':
      if (isUnknown(first) && !first?.text.endsWith('ly') && dir === undefined) return 0;
      return head.form === 'noun' ||
        dir === 'cw' ||
        dir === 'ccw' ||
        camera ||
        (target && (dir === 'left' || dir === 'right'))
        ? 1
        : 0;
    case 'orbit':
      return article && dir === undefined && !camera ? 0.8 : dir === undefined && isUnknown(first) ? 0.7 : 1;
    case 'static':
    case 'shake':
      if (first && (isUnknown(first) || article)) return camera ? 1 : 0;
      return 1;
    case 'whip':
      return dir === 'out' || dir === 'in'
        ? head.form === 'noun' && parts[at]?.text !== 'whips' && parts[at]?.text !== 'whip'
          ? 1
          : 0
        : article && dir === undefined && !camera
          ? 0
          : isUnknown(first) && dir === undefined
            ? 0
            : 1;
    case 'widen':
    case 'tighten':
      return (article || isUnknown(first)) && !camera && !has(second, 'shotword') ? 0 : 1;
    default:
      return 1;
  }
}

/** An object between the word and its direction: "tilt his head up". */
function between(parts: readonly Part[], at: number, last: number): boolean {
  return parts.slice(at + 1, last).some((part) => (isUnknown(part) && !part.text.endsWith('ly')) || has(part, 'poss'));
}

/** A word the lexicon does not know, ending like a third person: a verb after a noun. */
function verbAfter(part: Part | undefined): boolean {
  return part !== undefined && isUnknown(part) && /[^s]s$/.test(part.text);
}

function travels(
  head: HeadSense,
  place: Place,
  seen: { target: boolean; article: boolean; object: Part | undefined; first: Part | undefined },
): Trust {
  const { dir, camera, named } = place;
  if (camera) return dir === undefined && head.family === 'move' ? 0 : 1;
  // "Truck passes by on the left": a noun with its own verb.
  if (head.thing === true && head.form === 'base' && dir !== undefined && verbAfter(seen.first)) return 0;
  if (dir === undefined) {
    if (
      head.family === 'crane' &&
      (seen.article || /^(boom|booms|booming|boomed)$/.test(place.parts[place.at]?.text ?? ''))
    )
      return 0;
    if (head.thing === true && seen.article && head.form !== 'ing') return 0;
    if (TRACKS.has(seen.first?.text ?? '')) return 0;
    if (head.family === 'move' || head.family === 'crane')
      return seen.target && head.form !== 's' && (place.parts.length <= 2 || named) ? 0.9 : 0;
    if (
      head.form === 's' ||
      (seen.first &&
        isUnknown(seen.first) &&
        head.thing === true &&
        head.form === 'base' &&
        place.parts[place.at]?.text !== 'track')
    )
      return 0;
    return seen.target ? 1 : 0.8;
  }
  if (head.family === 'move') return seen.target && head.form !== 's' ? 0.9 : seen.article ? 0.5 : 0;
  // "truck in the street": a lorry; "dolly in on Anna": a move.
  if (
    head.thing === true &&
    seen.article &&
    (dir === 'in' || dir === 'left' || dir === 'right' || dir === 'down') &&
    !named
  ) {
    return place.parts[place.last]?.text === 'in' || dir === 'left' || dir === 'right' ? 0 : 0.8;
  }
  return seen.first &&
    isUnknown(seen.first) &&
    !seen.first.text.endsWith('ly') &&
    head.thing === true &&
    dir !== 'past' &&
    dir !== 'around'
    ? 0.3
    : 1;
}
