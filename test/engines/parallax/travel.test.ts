/** A truck over a board longer than the frame: the whole board is seen, and what is near passes what is far. */
import { cameraPath } from '../../../companion-app/engines/parallax/camera/path';
import { sightOf } from '../../../companion-app/engines/parallax/camera/pose';
import { move } from './measure/take';

const poses = (kind: 'truck-right' | 'pan-right') => {
  const plan = { moves: [move(kind, kind === 'pan-right' ? 10 : 0.15, 0, 24)], timing: { frames: 24, fps: 24 } };
  const path = cameraPath({ ...plan, aspect: 16 / 9, seed: 1, travel: { axis: 'x', beyond: 0.5 } });
  const all = path.poses(1);
  const middleOf = (relief: number) =>
    all.map((pose) => {
      const { u0, du } = sightOf(pose, path.lens, 0, 0);
      return u0 + relief * du;
    });
  return { middle: middleOf(1), near: middleOf(1.45), far: middleOf(0.7) };
};

test.each(['truck-right', 'pan-right'] as const)('%s goes from end to end at the middle distance', (kind) => {
  const { middle } = poses(kind);
  expect(middle[0]).toBeCloseTo(-0.5, 6);
  expect(middle.at(-1)).toBeCloseTo(0.5, 6);
});

test('a truck passes what is near faster than what is far; a pan does not', () => {
  const way = (values: readonly number[]): number => values.at(-1)! - values[0]!;
  const truck = poses('truck-right');
  expect(way(truck.near)).toBeCloseTo(1 + 0.45 * 0.12, 6);
  expect(way(truck.far)).toBeCloseTo(1 - 0.3 * 0.12, 6);
  const pan = poses('pan-right');
  expect(way(pan.near)).toBeCloseTo(way(pan.far), 6);
});
