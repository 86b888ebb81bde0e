/** What tests look at in the page: the simulated timeline, its Undo, and the rows of the panel. */
import type { Locator, Page } from 'playwright-core';

/** Waits until `look` gives what is wanted; the last thing it gave is in the error. Looks often, gives up after so many seconds. */
export async function until<T>(
  look: () => Promise<T>,
  wanted: (value: T) => boolean,
  what: string,
  seconds = 60,
): Promise<T> {
  let last: T | undefined;
  for (let i = 0; i < seconds * 20; i++) {
    last = await look();
    if (wanted(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain for ${what}. Last seen: ${JSON.stringify(last)}`);
}

export interface ClipSeen {
  readonly file: string;
  readonly startFrame: number;
  readonly frames: number;
  readonly track: number;
  readonly disabled: boolean;
}

/** Clips above the boards, by start. */
export const takesOn = (page: Page): Promise<ClipSeen[]> =>
  page.evaluate(() =>
    (window.stage?.sequence.snapshot().video ?? [])
      .flatMap((lane, track) =>
        lane.items.map(({ path, startFrame, frames, disabled }) => ({
          file: path.split('/').pop() ?? '',
          ...{ startFrame, frames, disabled, track },
        })),
      )
      .filter(({ track }) => track > 0)
      .sort((a, b) => a.startFrame - b.startFrame || a.track - b.track),
  );

/** Colours in the bin, by file. */
export const coloursOf = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const guid = window.stage?.sequence.guid;
    const own = window.stage?.sim.projects.find(({ sequences }) => sequences.some((each) => each.guid === guid));
    const bin = own?.bin() ?? [];
    return Object.fromEntries(bin.map(({ path, label }) => [path.split('/').pop() ?? '', label]));
  });

export const undoStack = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const guid = window.stage?.sequence.guid;
    const own = window.stage?.sim.projects.find(({ sequences }) => sequences.some((each) => each.guid === guid));
    return [...(own?.undoStack ?? [])];
  });

export const hazards = (page: Page): Promise<unknown[]> => page.evaluate(() => [...(window.stage?.sim.hazards ?? [])]);

/** Exceptions that left the panel: a live host might not survive one. */
export const escaped = (page: Page): Promise<string[]> => page.evaluate(() => window.stage?.escaped ?? []);

/** What secure storage holds, for the next time Premiere is opened. */
export const secretsOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const storage = window.stage?.sim.uxp.storage.secureStorage;
    const text = async (key: string): Promise<string> =>
      String.fromCharCode(...((await storage?.getItem(key)) ?? new Uint8Array()));
    return {
      'inbetween.token': await text('inbetween.token'),
      'inbetween.instance': await text('inbetween.instance'),
    };
  });

export const rowOf = (page: Page, shot: string): Locator => page.locator(`[data-shot="${shot}"]`);

export const stateOf = async (page: Page, shot: string): Promise<string | null> =>
  rowOf(page, shot).locator('[data-state]').getAttribute('data-state');

/** Chooses an item of a dropdown of the panel by its text. */
export async function choose(page: Page, within: Locator, label: string, text: string): Promise<void> {
  await within.locator(`sp-dropdown[aria-label="${label}"]`).click();
  await page.locator('sp-menu-item:visible', { hasText: new RegExp(`^\\s*${text}\\s*$`) }).click();
}

/** Types the six digits and waits until the panel is connected. */
export async function pair(page: Page, code: string): Promise<void> {
  await page.locator('sp-textfield.code input').fill(code);
  await page.locator('.card sp-button').click();
  await page.locator('[data-step="connected"]').waitFor();
}
