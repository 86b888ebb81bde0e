/** Lays the example out in the Premiere simulator: boards as stills on V1, notes where artists put them, one linked sound. */
import type { SequenceBuilder, Simulator } from '../../test/premiere-simulator';
import type { ExampleSequence } from './sequence-file';

/** Adds a project with the sequence in front. */
export async function stageExample(simulator: Simulator, example: ExampleSequence): Promise<SequenceBuilder> {
  const project = simulator.addProject({ name: `${example.name}.prproj` });
  const sequence = project.addSequence({
    name: example.name,
    rate: example.rate,
    dropFrame: example.dropFrame,
    size: example.size,
    zero: example.zero,
  });
  let first = true;
  for (const shot of example.shots) {
    for (const board of shot.boards) {
      const still = await sequence.addStill({
        path: board.path,
        start: board.start,
        frames: board.frames,
        name: board.clipName,
        ...(shot.itemMarker === undefined
          ? {}
          : { projectItemMarkers: [{ name: shot.name, comments: shot.itemMarker }] }),
      });
      if (first)
        await sequence.addAudio({
          path: example.audio.path,
          start: example.audio.start,
          frames: example.audio.frames,
          name: example.audio.name,
          link: still,
        });
      first = false;
    }
    if (shot.marker !== undefined)
      sequence.addMarker({ frame: shot.start, frames: shot.frames, name: shot.name, comments: shot.marker });
  }
  return sequence;
}
