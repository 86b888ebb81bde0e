/** Milliseconds a frame of the parallax engine's warp: its WebAssembly kernels against the same warp as a graph on WebGPU. One JSON line each. */
import { cameraPath } from '../../../companion-app/engines/parallax/camera/path';
import { onnxWarper } from '../../../companion-app/engines/parallax/warp/onnx';
import { wasmWarper } from '../../../companion-app/engines/parallax/warp/wasm';
import type { Warper } from '../../../companion-app/engines/parallax/warp/warper';
import { twoSheets } from '../../../test/engines/parallax/measure/scenes';
import { move } from '../../../test/engines/parallax/measure/take';

const FRAMES = 48;

async function measure(name: string, warper: Warper, size: { width: number; height: number }): Promise<void> {
  const moves = [move('truck-right', 0.08, 0, FRAMES), move('push-in', 1.2, 0, FRAMES)];
  const camera = cameraPath({ moves, timing: { frames: FRAMES, fps: 24 }, aspect: size.width / size.height, seed: 1 });
  const began = performance.now();
  const stage = await warper.setUp(twoSheets(size), { size, lens: camera.lens, soft: false });
  const setUp = performance.now() - began;
  const out = new Uint8Array(3 * size.width * size.height);
  const times: number[] = [];
  for (const pose of camera.poses(1).slice(0, FRAMES)) {
    const start = performance.now();
    await stage.render({ pose, shifts: new Map() }, out);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${JSON.stringify({ name, ...size, setUpMs: Math.round(setUp), medianMs: Number((times[FRAMES >> 1] ?? 0).toFixed(2)) })}\n`,
  );
  await warper.close();
}

async function main(): Promise<void> {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
    { width: 3840, height: 2160 },
  ]) {
    const wasm = wasmWarper();
    await measure('wasm', wasm, size);
    const unused = wasmWarper();
    await measure('webgpu', onnxWarper({ provider: 'webgpu', noFallback: true, otherwise: unused }), size);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stdout.write(`${JSON.stringify({ failed: String(error).slice(0, 800) })}\n`);
    process.exit(1);
  },
);
