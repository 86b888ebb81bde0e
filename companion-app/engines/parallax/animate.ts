/** Shots made into frames: board after board, each put on stage once. */
import type { Shot } from '../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../engine';
import { drawnAhead } from './ahead';
import { frameShot, type Framed } from './framing/plan';
import type { BuildScene } from './scene/scene';
import { focuses, sceneOptionsOf, stretchesOf, viewsOf } from './views';
import type { Stage, View, Warper } from './warp/warper';

export interface Means {
  readonly warper: Warper;
  readonly buildScene: BuildScene;
}

/** Frames of a shot, one by one; see Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal } = options;
  const buffers = [0, 1].map(() => new Uint8Array(size.width * size.height * 3));
  for (const stretch of frameShot(shot, stretchesOf(shot, boards), size, options.seed)) {
    signal.throwIfAborted();
    options.progress(stretch.from, shot.frames, 'reading the board');
    const { stage, views } = await setUp(means, shot, stretch, options);
    try {
      let index = stretch.from;
      for await (const rgb of drawnAhead(stage, views, buffers, size, signal)) {
        yield { index, width: size.width, height: size.height, rgb };
        index++;
        options.progress(index, shot.frames, 'moving the camera');
      }
    } finally {
      await stage.strike();
    }
  }
}

/** Builds a board's scene and puts it on stage. The scene is let go of at once: the stage has its own copy. */
async function setUp(
  means: Means,
  shot: Shot,
  stretch: Framed,
  { size, seed, signal, warn }: AnimateOptions,
): Promise<{ stage: Stage; views: readonly View[] }> {
  const scene = await means.buildScene(stretch.board, sceneOptionsOf(shot, stretch, size, seed), signal);
  scene.warnings.forEach(warn);
  const stage = await means.warper.setUp(scene, { size, lens: stretch.path.lens, soft: focuses(stretch) });
  return { stage, views: viewsOf(shot, stretch, { place: scene, relief: stage.relief, size }, warn) };
}
