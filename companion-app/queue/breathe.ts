/** One longer piece of work a turn of the event loop, whoever asks for it: together they would hold it for seconds. */

/** The end of the line of those who wait to go on. */
let line: Promise<void> = Promise.resolve();

/** Lets the event loop turn, then goes on, one caller a turn. */
export function breathe(): Promise<void> {
  line = line.then(() => new Promise((resolve) => setImmediate(resolve)));
  return line;
}
