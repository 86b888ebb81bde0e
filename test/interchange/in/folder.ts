/** A folder of a test's own, and pictures in it that decode. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { readStoryboard, readTimeline, type ReadTimeline, type ReadWish } from '../../../companion-app/interchange/in';
import type { Storyboard } from '../../../companion-app/interchange/storyboard';

export class TestFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'inbetween-in-'));

  at(...names: string[]): string {
    return path.join(this.path, ...names);
  }

  write(name: string, content: string | Uint8Array): string {
    mkdirSync(path.dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), content);
    return this.at(name);
  }

  /** A small PNG of one colour. */
  async picture(name: string, colour = '#335577', width = 32, height = 18): Promise<string> {
    const png = await sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer();
    return this.write(name, png);
  }

  async pictures(...names: string[]): Promise<void> {
    for (const name of names) await this.picture(name);
  }

  read(name = '.', wish: Partial<ReadWish> = {}): Promise<Storyboard> {
    return readStoryboard(this.at(name), { pictures: this.at('.pages'), ...wish });
  }

  timeline(name: string, content: string): Promise<ReadTimeline> {
    return readTimeline(this.write(name, content));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** "SH010: a.png 1000 b.png 500" for each shot, for short expectations. */
export function outline(story: Storyboard): string[] {
  return story.shots.map(
    (shot) =>
      `${shot.name}: ${shot.boards.map((b) => `${b.name} ${b.milliseconds === undefined ? '-' : Math.round(b.milliseconds)}`).join(' ')}`,
  );
}
