/** Slate and burn-ins: shot name, timecode, frame counter, note and dialogue inside the title-safe area. */
import { canDrop, formatTimecode, type Shot, type Size } from '../../../shared/shot';
import { makeCounter, type Counter } from './counter';
import { shade, stamp, type Box, type Canvas } from './stamp';
import { textMask, type TextMask } from './text-mask';

/** Title-safe: so much of each side stays free (SMPTE RP 218: 5 % for 16:9). */
const SAFE = 0.05;
const SHADE = 0.55;
/** A line of text, as a part of the picture's shorter side. */
const LINE = 0.036;
const MOST_LETTERS = 400;

/** Draws into a picture of the clip's size. `index` counts from the shot's first frame. */
export type BurnIn = (canvas: Canvas, index: number) => void;

type Drawing = (canvas: Canvas, index: number) => void;

interface Sheet {
  readonly size: Size;
  readonly line: number;
  readonly pad: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function sheetOf(size: Size): Sheet {
  const line = Math.max(9, Math.round(Math.min(size.width, size.height) * LINE));
  const [x, y] = [Math.round(size.width * SAFE), Math.round(size.height * SAFE)];
  return { size, line, pad: Math.ceil(line * 0.3), left: x, right: size.width - x, top: y, bottom: size.height - y };
}

/** Words in a shaded box whose outer corner lies at x, y. */
function label(mask: TextMask, sheet: Sheet, box: { x: number; y: number }): Drawing {
  const around: Box = { ...box, width: mask.width + 2 * sheet.pad, height: mask.height + 2 * sheet.pad };
  return (canvas) => {
    shade(canvas, around, SHADE);
    stamp(canvas, mask, around.x + sheet.pad, around.y + sheet.pad);
  };
}

function running(
  counter: Counter,
  sheet: Sheet,
  corner: 'top' | 'bottom',
  text: (index: number) => string,
  letters: number,
): Drawing {
  const box = { width: counter.widthOf(letters) + 2 * sheet.pad, height: counter.height + 2 * sheet.pad };
  const x = sheet.right - box.width;
  const y = corner === 'top' ? sheet.top : sheet.bottom - box.height;
  return (canvas, index) => {
    shade(canvas, { x, y, ...box }, SHADE);
    counter.draw(canvas, text(index).padStart(letters), x + sheet.pad, y + sheet.pad);
  };
}

async function captions(shot: Shot, sheet: Sheet, burnIns: NonNullable<Shot['burnIns']>): Promise<Drawing[]> {
  const out: Drawing[] = [];
  let bottom = sheet.bottom;
  const wide = (sheet.right - sheet.left) * 0.7;
  const lines = [burnIns.dialogue ? (shot.dialogue ?? '') : '', burnIns.notes ? shot.notes : ''];
  for (const [i, words] of lines.entries()) {
    const mask = await textMask(words.trim().slice(0, MOST_LETTERS), {
      height: sheet.line,
      width: wide,
      align: i === 0 ? 'centre' : 'left',
    });
    if (mask.width === 0) continue;
    const height = mask.height + 2 * sheet.pad;
    const x = i === 0 ? Math.round((sheet.size.width - mask.width) / 2) - sheet.pad : sheet.left;
    out.push(label(mask, sheet, { x, y: bottom - height }));
    bottom -= height + sheet.pad;
  }
  return out;
}

async function slate(shot: Shot, sheet: Sheet): Promise<Drawing> {
  const words = [shot.name, `${shot.frames} frames`, shot.notes.trim().slice(0, MOST_LETTERS)]
    .filter((line) => line !== '')
    .join('\n');
  const mask = await textMask(words, { height: sheet.line * 1.6, width: sheet.size.width * 0.6, align: 'centre' });
  const draw = label(mask, sheet, {
    x: Math.round((sheet.size.width - mask.width) / 2) - sheet.pad,
    y: Math.round((sheet.size.height - mask.height) / 2) - sheet.pad,
  });
  return (canvas, index) => {
    if (index === 0) draw(canvas, index);
  };
}

const NOTHING: NonNullable<Shot['burnIns']> = {
  ...{ shotName: false, timecode: false, frameCounter: false },
  ...{ notes: false, dialogue: false, slate: false },
};

/** "PREVIS" in the middle of the upper edge, on every frame. */
async function previsMark(sheet: Sheet): Promise<Drawing> {
  const mask = await textMask('PREVIS', { height: sheet.line });
  return label(mask, sheet, { x: Math.round((sheet.size.width - mask.width) / 2) - sheet.pad, y: sheet.top });
}

/** Prepares what is burnt into a shot at this size: what it asks for, and PREVIS where that is wanted; null when nothing is. */
export async function makeBurnIn(
  shot: Shot,
  size: Size,
  { previs = false }: { readonly previs?: boolean } = {},
): Promise<BurnIn | null> {
  const burnIns = shot.burnIns ?? NOTHING;
  const sheet = sheetOf(size);
  const drawings: Drawing[] = previs ? [await previsMark(sheet)] : [];
  if (burnIns.shotName) {
    const mask = await textMask(shot.name.slice(0, 80), { height: sheet.line, width: size.width * 0.5 });
    if (mask.width > 0) drawings.push(label(mask, sheet, { x: sheet.left, y: sheet.top }));
  }
  if (burnIns.timecode || burnIns.frameCounter) {
    const counter = await makeCounter(sheet.line);
    const drop = shot.dropFrame && canDrop(shot.rate);
    const timecode = (index: number): string =>
      formatTimecode((shot.timecodeZero ?? 0) + shot.startFrame + index, shot.rate, drop);
    if (burnIns.timecode) drawings.push(running(counter, sheet, 'top', timecode, 11));
    const digits = String(shot.frames).length;
    const count = (index: number): string => `${String(index + 1).padStart(digits)}/${shot.frames}`;
    if (burnIns.frameCounter) drawings.push(running(counter, sheet, 'bottom', count, 2 * digits + 1));
  }
  drawings.push(...(await captions(shot, sheet, burnIns)));
  if (burnIns.slate) drawings.push(await slate(shot, sheet));
  return drawings.length === 0 ? null : (canvas, index) => drawings.forEach((draw) => draw(canvas, index));
}
