/** The automatic checks of a take, from the finished file. */
import type { ClipFacts, Picture } from '../media';
import type { Shot } from '../../shared/shot';
import { driftChecks, referenceOf, seenAt } from './board/drift';
import { firstFrameChecks } from './board/first-frame';
import { laidIn, type Laid } from './board/laid';
import { safeAreaCheck } from './board/safe-area';
import type { Check } from './check';
import { containerChecks, type Ordered } from './container-checks';
import { startsOnBoard } from './expectations';
import type { Look } from './look/look';
import { deviation, lumaOf, mean } from './luma';
import { askedOf } from './motion/asked';
import { measuredWay, type MeasuredWay } from './motion/measured';
import { motionCheck } from './motion/motion-check';
import { blackCheck, blownCheck, flickerCheck } from './stretches/levels';
import { frozenCheck, loopCheck } from './stretches/repeats';
import { thresholdsOf } from './thresholds';

export interface TakeToCheck {
  /** What ffprobe found. */
  readonly clip: ClipFacts;
  readonly ordered: Ordered;
  /** With the moves that were really animated. */
  readonly shot: Shot;
  /** Name of the engine that made it: thresholds differ. */
  readonly engine: string;
  /** All of the clip, small. */
  readonly look: Look;
  /** Frame 0 of the finished clip, larger; `clean` is the same before anything was burnt in, where something was. */
  readonly first: { readonly shown: Picture; readonly clean?: Picture | undefined };
  /** The shot's drawings in their order, not yet laid in. At least one. */
  readonly boards: readonly Picture[];
}

/** Checks that must hold before a take may be called rendered at all. */
const INDISPENSABLE: ReadonlySet<string> = new Set(['frames', 'size', 'rate', 'codec']);

/** All checks, passed and failed. A failed one flags the take; see `unusable` for those that refuse it. */
export async function checkTake(take: TakeToCheck): Promise<Check[]> {
  return [...containerChecks(take.clip, take.ordered), ...(await pictureChecks(take))];
}

/** The failed checks without which the clip cannot go onto a timeline: wrong length, size, rate or codec. */
export function unusable(checks: readonly Check[]): Check[] {
  return checks.filter((check) => !check.ok && INDISPENSABLE.has(check.name));
}

async function pictureChecks({ shot, engine, look, first, boards, ordered }: TakeToCheck): Promise<Check[]> {
  const [firstBoard] = boards;
  const small = look.pictures.get(0);
  if (!firstBoard || !small) return [];
  const limits = thresholdsOf(engine);
  const shown = first.clean ?? first.shown;
  const onBoard = startsOnBoard(shot);
  const board = await laidIn(firstBoard, shown, shot.fit, onBoard ? shown : undefined);
  const laid = await Promise.all(boards.map((each) => laidIn(each, small, shot.fit, onBoard ? small : undefined)));
  const levels = levelsOf(laid[0]?.picture ?? small);
  const way = measuredWay(look);
  const asked = askedOf(shot, firstBoard.width / firstBoard.height);
  const several = boards.length > 1;
  const checks: (Check | null)[] = [
    blackCheck(look, levels),
    blownCheck(look, contrastDue(look, way, laid[0])),
    flickerCheck(look, limits),
    frozenCheck(look, shot, levels.deviation),
    loopCheck(look, shot),
    // Drawings that change between boards move by themselves: what the camera does cannot be told from it.
    several ? null : motionCheck(asked, way, limits),
    ...driftChecks({ look, way, boards: laid, limits, softLines: several || softens(shot), onBoard }),
    ...(onBoard ? await firstFrameChecks(shown, board, limits) : []),
    first.clean ? safeAreaCheck(first.clean, first.shown, ordered.frames) : null,
  ];
  return checks.filter((check) => check !== null);
}

function levelsOf(picture: Picture): { mean: number; deviation: number } {
  const { values } = lumaOf(picture);
  return { mean: mean(values), deviation: deviation(values) };
}

/** The contrast of what the camera should see at a frame, by the kept frame before it. */
function contrastDue(look: Look, way: MeasuredWay, board: Laid | undefined): (frame: number) => number {
  const reference = referenceOf(look, board);
  const known = new Map<number, number>();
  return (frame) => {
    const at = way.frames.filter((each) => each <= frame).at(-1) ?? 0;
    const due = known.get(at) ?? (reference ? seenAt(reference, way, at).contrast : 0);
    known.set(at, due);
    return due;
  };
}

/** Racked focus takes sharpness on purpose, and a whip pan smears. */
function softens(shot: Shot): boolean {
  return (shot.moves ?? []).some(({ kind }) => kind === 'rack-focus' || kind.startsWith('whip'));
}
