/** Networks that take turns: while one is open the others' weights are out of memory. */

/** A network's session, which can be had again. */
export interface Actor {
  close(): Promise<void>;
}

/** Only the network that runs is open; the one before it is closed first. Slower, and as small as the largest network. */
export class Stage {
  #on: Actor | undefined;

  /** Makes room for this one. Resolves when the one before has left. */
  async enter(actor: Actor): Promise<void> {
    if (this.#on === actor) return;
    const before = this.#on;
    this.#on = actor;
    await before?.close();
  }

  /** Says that this one has left by itself. */
  left(actor: Actor): void {
    if (this.#on === actor) this.#on = undefined;
  }
}
