/** How the command line speaks: results on stdout, everything else on stderr, errors with what is safe and what to do. */
import { toProblem, type Problem } from '../../shared/problem';

/** Whoever reads may stop listening ("… | head"): the work goes on, in silence. */
export function hearNobody(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

/** One line of a result. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A result as JSON, on one line. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value));
}

/** A remark for whoever watches. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The sentences of a problem. */
export function sentences({ message, safe, action }: Problem): string {
  return [message, safe, action].filter((part) => part !== '').join('\n');
}

/** Says what went wrong and makes the command fail. */
export function fail(thrown: unknown): void {
  remark(sentences(toProblem(thrown)));
  process.exitCode = 1;
}
