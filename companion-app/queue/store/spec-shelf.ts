/** Specs that were parsed before. A spec is the longest part of a row and never changes, while its row is read again and again. */
import { zJobSpec, type JobSpec } from '../../../shared/protocol';

/** So many are kept, those that were read last. */
const MOST = 4_000;

export class SpecShelf {
  readonly #known = new Map<string, { readonly text: string; readonly spec: JobSpec }>();

  /** What a job's JSON text says. Throws ZodError or SyntaxError when it is no spec. */
  parsed(jobId: string, text: string): JobSpec {
    const before = this.#known.get(jobId);
    const known = before?.text === text ? before : { text, spec: zJobSpec.parse(JSON.parse(text)) };
    this.#known.delete(jobId);
    this.#known.set(jobId, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    return known.spec;
  }
}
