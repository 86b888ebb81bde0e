/** Sentences about what could not be read, each once, not without end. */
import { IN_LIMITS } from './limits';

export class Warnings {
  private readonly said = new Set<string>();
  private unsaid = 0;

  /** Adds a sentence; one that was said already is not said again. */
  add(sentence: string): void {
    if (this.said.has(sentence)) return;
    if (this.said.size < IN_LIMITS.warnings) this.said.add(sentence);
    else this.unsaid += 1;
  }

  /** All sentences in the order they were said. */
  list(): string[] {
    return this.unsaid === 0 ? [...this.said] : [...this.said, `And ${this.unsaid} more remarks of this kind.`];
  }
}
