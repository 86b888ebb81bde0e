/** /api/boards/…: storyboards brought in, read, shown, animated, offered to the panel. */
import type { z } from 'zod';
import {
  animateStoryboardEndpoint,
  beginStoryboardEndpoint,
  readStoryboardEndpoint,
  removeStoryboardEndpoint,
  sequencePlanEndpoint,
  storyboardEndpoint,
  storyboardPartEndpoint,
  storyboardPictureEndpoint,
  storyboardsEndpoint,
  wantSequenceEndpoint,
} from '../../../shared/protocol/pages';
import { rawRoute, route, type Route } from './route';

type In<E extends { input: z.ZodType }> = z.output<E['input']>;
type Out<E extends { output: z.ZodType }> = z.input<E['output']>;

/** Every method throws InbetweenError where a person should know; "not-found" for a storyboard that is gone. */
export interface BoardsPort {
  list(): Promise<Out<typeof storyboardsEndpoint>>;
  begin(input: In<typeof beginStoryboardEndpoint>): Promise<Out<typeof beginStoryboardEndpoint>>;
  part(input: In<typeof storyboardPartEndpoint>): Promise<Out<typeof storyboardPartEndpoint>>;
  read(input: In<typeof readStoryboardEndpoint>): Promise<Out<typeof readStoryboardEndpoint>>;
  storyboard(input: In<typeof storyboardEndpoint>): Promise<Out<typeof storyboardEndpoint>>;
  /** Absolute path of a JPEG. */
  picture(input: In<typeof storyboardPictureEndpoint>): Promise<string>;
  animate(input: In<typeof animateStoryboardEndpoint>): Promise<Out<typeof animateStoryboardEndpoint>>;
  want(input: In<typeof wantSequenceEndpoint>): Promise<Out<typeof wantSequenceEndpoint>>;
  remove(input: In<typeof removeStoryboardEndpoint>): Promise<Out<typeof removeStoryboardEndpoint>>;
  sequence(input: In<typeof sequencePlanEndpoint>): Promise<Out<typeof sequencePlanEndpoint>>;
}

export const boardsRoutes = (port: BoardsPort): Route[] => [
  route(storyboardsEndpoint, () => port.list()),
  route(beginStoryboardEndpoint, (input) => port.begin(input)),
  route(storyboardPartEndpoint, (input) => port.part(input)),
  route(readStoryboardEndpoint, (input) => port.read(input)),
  route(storyboardEndpoint, (input) => port.storyboard(input)),
  rawRoute(storyboardPictureEndpoint, async (input) => ({ type: 'image/jpeg', file: await port.picture(input) })),
  route(animateStoryboardEndpoint, (input) => port.animate(input)),
  route(wantSequenceEndpoint, (input) => port.want(input)),
  route(removeStoryboardEndpoint, (input) => port.remove(input)),
  route(sequencePlanEndpoint, (input) => port.sequence(input)),
];
