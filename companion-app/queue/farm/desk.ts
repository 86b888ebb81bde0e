/** Where the submitting companion lays out boards and finds takes: in the folder that all see, or where workers sent them over HTTP. */
import { createHmac } from 'node:crypto';
import { copyFile, link, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from '../../../shared/protocol';
import type { Sha256 } from '../../../shared/shot';
import { besideOf, relocated } from '../runner/beside';
import type { FarmDesk } from './carrier';
import type { FarmFile } from './messages';
import type { SharedFolder } from './shared-folder';

export interface DeskOptions {
  /** Known to this companion alone, the same after every start: tickets are made of it. */
  readonly secret: Buffer;
  /** Absolute path: a folder a job of the farm, and in it what workers sent, under its SHA-256. */
  readonly received: string;
  readonly shared: SharedFolder | null;
}

export class Desk implements FarmDesk {
  readonly door: string;

  constructor(private readonly options: DeskOptions) {
    this.door = createHmac('sha256', options.secret).update('door').digest('hex').slice(0, 16);
  }

  get hasFolder(): boolean {
    return this.options.shared !== null;
  }

  ticket(farmId: string): string {
    return createHmac('sha256', this.options.secret).update(`ticket ${farmId}`).digest('base64url');
  }

  /** Where a worker's files for this job are put. */
  receivedFor(farmId: string): string {
    return path.join(this.options.received, farmId);
  }

  async putBoard(sha256: Sha256, from: string): Promise<void> {
    await this.options.shared?.putBoard(sha256, from);
  }

  async fetch(
    farmId: string,
    take: Take,
    files: readonly FarmFile[] | null,
    attemptDir: string,
    fileName: string,
  ): Promise<Take> {
    const { shared } = this.options;
    if (files === null) {
      if (!shared) throw new Error('a worker left a take in a folder that this companion does not see');
      return shared.fetch(take, attemptDir, fileName);
    }
    const sent = new Map(files.map((file) => [file.path, file.sha256]));
    const bring = async (file: string, to: string): Promise<boolean> => {
      const sha256 = sent.get(file);
      if (sha256 === undefined) return false;
      await linkOrCopy(path.join(this.receivedFor(farmId), sha256), to);
      return true;
    };
    const clip = path.join(attemptDir, fileName);
    if (!(await bring(take.path, clip))) throw new Error('a worker delivered a take without its clip');
    const places = new Map<string, string>();
    for (const [index, file] of besideOf(take).entries()) {
      const to = path.join(attemptDir, `beside-${index}${path.extname(file)}`);
      if (await bring(file, to).catch(() => false)) places.set(file, to);
    }
    return relocated(take, clip, places);
  }

  async discard(farmId: string, take: Take | null): Promise<void> {
    if (take) await this.options.shared?.discard(take);
    await rm(this.receivedFor(farmId), { recursive: true, force: true }).catch(() => undefined);
  }

  /** Removes what was sent for jobs that are not wanted any more: it landed, and the companion ended before it could clear up. */
  async sweep(wanted: (jobId: string) => boolean): Promise<void> {
    for (const farmId of await readdir(this.options.received).catch(() => []))
      if (!wanted(farmId.split('_', 1)[0] ?? '')) await this.discard(farmId, null);
  }
}

/** The same bytes under another name; copied where the disk knows no links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
