/** /api/editor/…: shots to open, glimpses of one while it is drawn, takes to compare with. */
import type { z } from 'zod';
import {
  editorBoard,
  editorFrame,
  editorFraming,
  editorShot,
  editorShots,
  editorTake,
} from '../../../shared/protocol/pages/editor';
import { rawRoute, route, type RawAnswer, type Route } from './route';

type In<E extends { input: z.ZodType }> = z.output<E['input']>;
type Out<E extends { output: z.ZodType }> = z.output<E['output']>;

/** What the editor needs of the companion. Every method throws InbetweenError where a person should know. */
export interface EditorPort {
  /** The newest job of every shot. */
  shots(): Promise<Out<typeof editorShots>>;
  /** Throws "not-found". */
  shot(jobId: string): Promise<Out<typeof editorShot>>;
  /** A JPEG; throws "cancelled" where a newer one was asked for on the same stream. */
  frame(input: In<typeof editorFrame>): Promise<Uint8Array>;
  framing(input: In<typeof editorFraming>): Promise<Out<typeof editorFraming>>;
  /** A JPEG. */
  board(input: In<typeof editorBoard>): Promise<Uint8Array>;
  /** Throws "not-found" where there is no such take, clip or picture. */
  take(input: In<typeof editorTake>): Promise<RawAnswer>;
}

export function editorRoutes(port: EditorPort): Route[] {
  const jpeg = (bytes: Uint8Array): RawAnswer => ({ type: 'image/jpeg', bytes });
  return [
    route(editorShots, () => port.shots()),
    route(editorShot, ({ jobId }) => port.shot(jobId)),
    rawRoute(editorFrame, async (input) => jpeg(await port.frame(input))),
    route(editorFraming, (input) => port.framing(input)),
    rawRoute(editorBoard, async (input) => jpeg(await port.board(input))),
    rawRoute(editorTake, (input) => port.take(input)),
  ];
}
