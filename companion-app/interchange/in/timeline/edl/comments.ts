/** Comments below an event of an edit list: names, files, notes, markers. */

export interface EdlComments {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly notes: readonly string[];
  /** Frames of the source a second, of a motion effect; null where there is none. */
  readonly framesPerSecond: number | null;
  /** Locators: at this record timecode, or at the event's own place where none is written. */
  readonly markers: readonly { readonly timecode: string | null; readonly name: string; readonly frames: number }[];
  /** A list of markers, not of cuts (Resolve): the event itself stands for a marker. */
  readonly onlyMarker: boolean;
}

const KEYED =
  /^\*\s*(FROM CLIP NAME|TO CLIP NAME|CLIP NAME|SOURCE FILE(?: PATH)?|FILE|MEDIA|COMMENTS?|NOTES?|LOC|DIALOGUE|ACTION|SCENE)\s*:\s*(.*)$/i;

/** Sorts comment lines; those of other programs (colour values, effects) are left out. */
export function readComments(lines: readonly string[]): EdlComments {
  let [from, to, file] = ['', '', ''];
  const notes: string[] = [];
  const markers: { timecode: string | null; name: string; frames: number }[] = [];
  let onlyMarker = false;
  let framesPerSecond: number | null = null;
  for (const line of lines) {
    const resolve = /^(?!\*).*\|C:\S*\s*\|M:(.*?)\s*(?:\|D:(\d{1,9}))?\s*$/.exec(line);
    if (resolve) {
      const frames = Number(resolve[2] ?? '1');
      markers.push({ timecode: null, name: (resolve[1] ?? '').trim(), frames: frames > 1 ? frames : 0 });
      onlyMarker = true;
      continue;
    }
    const motion = /^M2\s+.*?\s([+-]?\d{1,4}(?:\.\d{1,4})?)\s+\d{1,2}[:;.]\d{2}[:;.]/.exec(line);
    if (motion) framesPerSecond = Number(motion[1]);
    const keyed = KEYED.exec(line);
    const [key, value] = [(keyed?.[1] ?? '').toUpperCase(), (keyed?.[2] ?? '').trim()];
    if (key === 'FROM CLIP NAME' || key === 'CLIP NAME') from = value;
    else if (key === 'TO CLIP NAME') to = value;
    else if (key.startsWith('SOURCE FILE') || key === 'FILE' || key === 'MEDIA') file = value;
    else if (key === 'LOC') {
      const at = /^(\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2,3})\s+(?:([A-Z]+)\s*)?(.*)$/i.exec(value);
      markers.push({ timecode: at?.[1] ?? null, name: (at ? at[3] : value)?.trim() ?? '', frames: 0 });
    } else if (['COMMENT', 'COMMENTS', 'NOTE', 'NOTES'].includes(key)) notes.push(value);
    else if (['DIALOGUE', 'ACTION'].includes(key)) notes.push(`${key}: ${value}`);
  }
  return { from, to, file, notes, markers, onlyMarker, framesPerSecond };
}
