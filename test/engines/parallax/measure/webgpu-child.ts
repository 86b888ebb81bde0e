/** Draws a tiny scene by the same graph on WebGPU, CPU fallback forbidden, and on the CPU; prints the largest difference. */
import { cameraPath } from '../../../../companion-app/engines/parallax/camera/path';
import { onnxWarper } from '../../../../companion-app/engines/parallax/warp/onnx';
import type { Stage, Warper } from '../../../../companion-app/engines/parallax/warp/warper';
import { twoSheets } from './scenes';
import { move } from './take';

const FRAME = { width: 66, height: 38 };

async function main(): Promise<void> {
  const unused: Warper = {
    provider: 'none',
    setUp: () => Promise.reject(new Error('not to be used')),
    close: () => Promise.resolve(),
  };
  const moves = [move('truck-right', 0.08, 0, 8), move('push-in', 1.2, 0, 8)];
  const camera = cameraPath({ moves, timing: { frames: 8, fps: 24 }, aspect: FRAME.width / FRAME.height, seed: 1 });
  const options = { size: FRAME, lens: camera.lens, soft: false };
  const on = (provider: 'webgpu' | 'cpu'): Promise<Stage> =>
    onnxWarper({ provider, noFallback: true, otherwise: unused }).setUp(twoSheets(FRAME), options);
  const [webgpu, cpu] = [await on('webgpu'), await on('cpu')];
  let most = 0;
  const shifts = new Map([['figure', { x: 0.05, y: -0.02 }]]);
  const poses = [camera.poses(1)[2]!, camera.poses(1)[7]!];
  for (const pose of poses) {
    const [a, b] = [0, 1].map(() => new Uint8Array(3 * FRAME.width * FRAME.height)) as [Uint8Array, Uint8Array];
    await webgpu.render({ pose, shifts }, a);
    await cpu.render({ pose, shifts }, b);
    most = Math.max(most, ...a.map((value, i) => Math.abs(value - b[i]!)));
  }
  process.stdout.write(JSON.stringify({ provider: 'webgpu', most, drawn: poses.length }), () => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exit(1);
});
