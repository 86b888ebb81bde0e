/** The lines of a CMX 3600 list: events with four timecodes, and the comments below each. */

export interface EdlEvent {
  readonly number: string;
  readonly reel: string;
  readonly channels: string;
  /** "C", "D", "W001", "K", … */
  readonly transition: string;
  /** Source in and out, record in and out, as written. */
  readonly times: readonly [string, string, string, string];
  readonly dropFrame: boolean;
  readonly comments: readonly string[];
}

export interface EdlLines {
  readonly title: string;
  readonly events: readonly EdlEvent[];
  /** FCM as it stood before the first event, else what its timecodes are written like (01;00;00;00); null where the list does not say. */
  readonly dropFrame: boolean | null;
  /** Lines that look like events and are none. */
  readonly unread: readonly number[];
}

const TIMECODE = String.raw`\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2,3}`;
/** Some writers name frames of the source by their numbers. */
const SOURCE = String.raw`(?<!\S)(${TIMECODE}|\d{1,9})`;
const FOUR = new RegExp(`${SOURCE}\\s+${SOURCE}\\s+(${TIMECODE})\\s+(${TIMECODE})\\s*$`);
const CHANNELS = /^(?:V\d*|A\d*|AA|NONE|B|A\d?\/?V|AA\/V|VA\d*)$/i;
/** An event without its times, and the times alone. */
const HEAD = /^\d{1,8}\s+\S.*\s(?:C|D|K[BO]?|W\d{1,4})(?:\s+\d{1,4})?$/i;
const TIMES = new RegExp(`^\\s*${FOUR.source}`);
const LONGEST_LINE = 4000;

function eventOf(line: string, dropFrame: boolean): Omit<EdlEvent, 'comments'> | null {
  const times = FOUR.exec(line);
  if (!times) return null;
  const head = line.slice(0, times.index).trim().split(/\s+/);
  const [number] = head;
  if (number === undefined || head.length < 2) return null;
  const channel = head.findIndex((word, i) => i >= 1 && CHANNELS.test(word) && (i >= 2 || head.length <= 3));
  const at = channel < 0 ? head.length : channel;
  return {
    number,
    reel: head.slice(1, at).join(' '),
    channels: (head[at] ?? 'V').toUpperCase(),
    transition: (head[at + 1] ?? 'C').toUpperCase(),
    times: [times[1] ?? '', times[2] ?? '', times[3] ?? '', times[4] ?? ''],
    dropFrame,
  };
}

/** Reads a list leniently: whatever is no event is a comment of the event above it. */
export function readEdlLines(text: string): EdlLines {
  let title = '';
  let drop: boolean | null = null;
  let first: boolean | null = null;
  const events: (Omit<EdlEvent, 'comments'> & { comments: string[] })[] = [];
  const unread: number[] = [];
  const rows = text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/);
  let broken = '';
  for (const [index, raw] of rows.entries()) {
    const line = `${broken}${raw.slice(0, LONGEST_LINE).trim()}`;
    broken = '';
    // Wipes are long: some writers put the times of their event on a line of their own.
    if (HEAD.test(line) && TIMES.test(rows[index + 1] ?? '')) {
      broken = `${line} `;
      continue;
    }
    if (line === '') continue;
    const heading = /^TITLE:\s*(.*)$/i.exec(line);
    const count = /^FCM:\s*(NON[\s-]*)?DROP/i.exec(line);
    if (heading && events.length === 0) title = heading[1] ?? '';
    else if (count) {
      drop = count[1] === undefined;
      if (events.length === 0) first = drop;
    } else if (/^[0-9]/.test(line)) {
      const event = eventOf(line, drop === true);
      if (event) events.push({ ...event, comments: [] });
      else unread.push(index + 1);
    } else events.at(-1)?.comments.push(line);
  }
  const written =
    events.length > 0 && events.every(({ times: [, , from, to] }) => /;\d+$/.test(from) && /;\d+$/.test(to));
  return { title, events, dropFrame: first ?? drop ?? (written ? true : null), unread };
}
