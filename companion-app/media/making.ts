/** How a clip was made, as it is written into the clip's own container (title and comment) and read back. */
import { z } from 'zod';
import { sourceTypeUri } from './provenance/source-type';

/** Unknown keys are kept: later versions say more. */
const zMaking = z.looseObject({
  tool: z.literal('inbetween'),
  version: z.string(),
  engine: z.string(),
  provider: z.string(),
  pack: z.object({ name: z.string(), sha256: z.string() }).exactOptional(),
  /** Words that were written for the model itself; what it was told by the shot's note is not among them. */
  prompt: z.string().exactOptional(),
  negative: z.string().exactOptional(),
  styleLine: z.string().exactOptional(),
  /** LoRA files merged into the pack. */
  styles: z.array(z.object({ name: z.string(), sha256: z.string(), weight: z.number() })).exactOptional(),
  seed: z.number(),
  /** SHA-256 of each board, in the shot's order. */
  boards: z.array(z.string()),
  quality: z.string(),
  /** IPTC's term for what the engine is, so that it stays with the clip where its XMP does not. */
  digitalSourceType: z.string().exactOptional(),
});
export type Making = z.output<typeof zMaking>;

/** What a clip is called and how it was made; notes and paths stay out of it, clips are handed on. */
export interface ClipLabel {
  readonly title?: string | undefined;
  readonly making?: Making | undefined;
}

/** Operating systems limit a program's arguments (Windows: 32,767 characters in all). */
const COMMENT_LIMIT = 16_000;

/** ffmpeg's `-metadata` options for a label. A making too long to pass loses its board list first. */
export function labelOptions({ title, making }: ClipLabel): string[] {
  const options: string[] = [];
  if (title !== undefined && title !== '') options.push('-metadata', `title=${printable(title).slice(0, 400)}`);
  if (making) {
    const said: Making = { ...making, digitalSourceType: sourceTypeUri(making) };
    const whole = JSON.stringify(said);
    const comment = whole.length <= COMMENT_LIMIT ? whole : JSON.stringify({ ...said, boards: [] });
    options.push('-metadata', `comment=${comment}`);
  }
  return options;
}

/** The making inside a container's comment, or null when the clip is none of ours. */
export function parseMaking(comment: string | undefined): Making | null {
  if (comment === undefined) return null;
  try {
    const parsed = zMaking.safeParse(JSON.parse(comment));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
