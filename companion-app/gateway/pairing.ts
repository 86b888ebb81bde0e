/**
 * Pairing: a person reads six digits off the companion and types them into the panel, once; the panel gets a token.
 * A code lives for minutes, works once, and dies after a few wrong guesses: a guesser has `maxFailures` in a million.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { InbetweenError } from '../../shared/problem';
import type { Clock, Log, PairingPort } from './ports';
import type { PairedClient, PairingStore } from './token-file';

export interface PairingOptions {
  readonly store: PairingStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** How long a code may be used. */
  readonly codeMs?: number;
  /** Wrong guesses that kill a code. */
  readonly maxFailures?: number;
  /** Time after a wrong guess in which no guess is looked at. */
  readonly restMs?: number;
  /** Clients remembered; the one paired longest ago is forgotten first. */
  readonly maxClients?: number;
}

const DEFAULTS = { codeMs: 600_000, maxFailures: 5, restMs: 1_000, maxClients: 32 };
const TOKEN_BYTES = 32;

export class Pairing implements PairingPort {
  private readonly options: PairingOptions & typeof DEFAULTS;
  private code: { readonly digits: string; readonly stopExpiry: () => void } | null = null;
  private failures = 0;
  private resting = false;
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    options: PairingOptions,
    private clients: readonly PairedClient[],
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Reads who is paired already. */
  static async load(options: PairingOptions): Promise<Pairing> {
    return new Pairing(options, await options.store.load());
  }

  /** A new code for a person to read; an older one stops working, wrong guesses are forgiven. */
  openCode(): string {
    this.dropCode();
    this.failures = 0;
    const digits = sixDigits(this.options.random);
    this.code = { digits, stopExpiry: this.options.clock.after(this.options.codeMs, () => this.dropCode()) };
    return digits;
  }

  /** The code that works now, or null: it was used, guessed at too often, or is too old. */
  get currentCode(): string | null {
    return this.code?.digits ?? null;
  }

  get pairedClients(): readonly Omit<PairedClient, 'hash'>[] {
    return this.clients.map(({ name, instance, pairedAt }) => ({ name, instance, pairedAt }));
  }

  /** Forgets every client; each has to pair again; open connections end at their next message. */
  async revokeAll(): Promise<void> {
    this.clients = [];
    await this.save();
  }

  /** Forgets one client; it has to pair again; an open connection ends at its next message. */
  async revoke(instance: string): Promise<void> {
    this.clients = this.clients.filter((client) => client.instance !== instance);
    await this.save();
  }

  verify(token: string): boolean {
    const hash = sha256(token);
    let found = false;
    for (const client of this.clients) {
      if (timingSafeEqual(hash, Buffer.from(client.hash, 'hex'))) found = true;
    }
    return found;
  }

  async redeem(code: string, client: { readonly name: string; readonly instance: string }): Promise<string> {
    if (this.failures >= this.options.maxFailures) throw new InbetweenError(LOCKED);
    if (this.resting) throw new InbetweenError(TOO_FAST);
    if (!this.code) throw new InbetweenError(NO_CODE);
    if (!timingSafeEqual(sha256(code), sha256(this.code.digits))) throw this.wrongGuess();
    this.dropCode();
    this.failures = 0;
    const token = Buffer.from(this.options.random(TOKEN_BYTES)).toString('base64url');
    const paired = {
      hash: sha256(token).toString('hex'),
      name: client.name,
      instance: client.instance,
      pairedAt: this.options.clock.now(),
    };
    const others = this.clients.filter((other) => other.instance !== client.instance);
    this.clients = [...others, paired].slice(-this.options.maxClients);
    try {
      await this.save();
    } catch (error) {
      this.clients = this.clients.filter((known) => known !== paired);
      throw new InbetweenError(NOT_KEPT, { cause: error });
    }
    this.options.log.info({ client: client.name }, 'a panel was paired');
    return token;
  }

  private wrongGuess(): InbetweenError {
    this.failures += 1;
    this.options.log.warn({ failures: this.failures }, 'a wrong pairing code was sent');
    this.resting = true;
    this.options.clock.after(this.options.restMs, () => {
      this.resting = false;
    });
    if (this.failures < this.options.maxFailures) return new InbetweenError(WRONG);
    this.dropCode();
    return new InbetweenError(LOCKED);
  }

  /** One write at a time, each of the list as it is by then. */
  private save(): Promise<void> {
    const saved = this.saving.then(() => this.options.store.save(this.clients));
    this.saving = saved.catch(() => undefined);
    return saved;
  }

  private dropCode(): void {
    this.code?.stopExpiry();
    this.code = null;
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Six digits, each number equally likely: values that would favour some are drawn again. */
function sixDigits(random: PairingOptions['random']): string {
  const fair = 4_294_000_000; // the largest multiple of a million below 2^32
  for (;;) {
    const value = Buffer.from(random(4)).readUInt32LE();
    if (value < fair) return String(value % 1_000_000).padStart(6, '0');
  }
}

const SAFE = 'Queued shots go on rendering; nothing is lost.';

const WRONG = {
  code: 'pairing-failed',
  message: 'That is not the code the companion shows.',
  safe: SAFE,
  action: 'Type the six digits again.',
  retry: true,
} as const;

const NO_CODE = {
  code: 'pairing-failed',
  message: 'The companion shows no code now: the last one was used or is too old.',
  safe: SAFE,
  action: 'Let the companion show a new code, then type that.',
} as const;

const LOCKED = {
  code: 'pairing-locked',
  message: 'Too many wrong codes were sent, so the code was withdrawn.',
  safe: SAFE,
  action: 'Let the companion show a new code, then type that.',
} as const;

const TOO_FAST = {
  code: 'pairing-locked',
  message: 'A wrong code was sent a moment ago.',
  safe: SAFE,
  action: 'Wait a second, then type the six digits again.',
  retry: true,
} as const;

const NOT_KEPT = {
  code: 'folder-unwritable',
  message: 'The companion could not remember this pairing: its folder cannot be written to, or the disk is full.',
  safe: SAFE,
  action: 'Free some space or check the permissions, let the companion show a new code, then pair again.',
} as const;
