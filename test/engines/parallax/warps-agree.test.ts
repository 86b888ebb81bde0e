/**
 * The kernels for the CPU and the ONNX graph for everything else must draw the same picture.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { cameraPath } from '../../../companion-app/engines/parallax/camera/path';
import { onnxWarper } from '../../../companion-app/engines/parallax/warp/onnx';
import { wasmWarper } from '../../../companion-app/engines/parallax/warp/wasm';
import type { Warper } from '../../../companion-app/engines/parallax/warp/warper';
import type { Size } from '../../../shared/shot';
import { twoSheets } from './measure/scenes';
import { move } from './measure/take';

const SMALL: Size = { width: 98, height: 54 };
const kernels = wasmWarper(1);
afterAll(() => kernels.close());

async function pictures(warper: Warper, frame: Size, detail = 1): Promise<Uint8Array[]> {
  const moves = [
    move('truck-right', 0.08, 0, 8),
    move('push-in', 1.2, 0, 8),
    move('pan-left', 3, 0, 8),
    move('roll-cw', 4, 0, 8),
  ];
  const camera = cameraPath({ moves, timing: { frames: 8, fps: 24 }, aspect: frame.width / frame.height, seed: 1 });
  const board = { width: frame.width * detail, height: frame.height * detail };
  const stage = await warper.setUp(twoSheets(board), { size: frame, lens: camera.lens, soft: false });
  const drawn: Uint8Array[] = [];
  for (const pose of [0, 3, 7].map((f) => camera.poses(1)[f]!)) {
    const rgb = new Uint8Array(3 * frame.width * frame.height);
    await stage.render({ pose, shifts: new Map([['figure', { x: 0.05, y: -0.02 }]]) }, rgb);
    drawn.push(rgb);
  }
  await stage.strike();
  return drawn;
}

function expectSame(a: Uint8Array[], b: Uint8Array[], most: number): void {
  a.forEach((picture, i) => {
    const differences = picture.map((value, k) => Math.abs(value - b[i]![k]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(most);
    expect(differences.reduce((sum, d) => sum + d, 0) / differences.length).toBeLessThan(most / 8);
  });
}

test('the ONNX graph on the CPU draws what the kernels draw', async () => {
  const graph = onnxWarper({ provider: 'cpu', otherwise: kernels });
  const [once, again] = [await pictures(graph, SMALL), await pictures(kernels, SMALL)];
  // Their bicubic filters differ a little (a = −0.75 and −0.5), so textured places may by some levels.
  expectSame(once, again, 12);
  expect(once[0]).not.toEqual(once[2]);
});

test('a board of more detail than the frame is read without aliasing by both', async () => {
  const graph = onnxWarper({ provider: 'cpu', otherwise: kernels });
  expectSame(await pictures(graph, SMALL, 2), await pictures(kernels, SMALL, 2), 24);
});

const ICD = '/usr/lib/chromium/vk_swiftshader_icd.json';
const swiftshader = existsSync(ICD);
if (process.env.CI && !swiftshader) throw new Error(`${ICD} is missing: install Debian's chromium`);

/** Runs this very comparison in a child: the Vulkan driver is chosen by the environment a process starts with. */
(swiftshader ? test : test.skip)(
  `the graph on WebGPU, no node left to the CPU, draws what it draws on the CPU${swiftshader ? '' : ' (skipped: no SwiftShader here)'}`,
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'inbetween-webgpu-'));
    try {
      const outfile = path.join(folder, 'child.cjs');
      const external = ['onnxruntime-node', 'onnxruntime-common', 'protobufjs', 'sharp'];
      const alias = Object.fromEntries(external.map((name) => [name, require.resolve(name)]));
      await build({
        entryPoints: [path.join(__dirname, 'measure/webgpu-child.ts')],
        bundle: true,
        platform: 'node',
        outfile,
        plugins: [
          {
            name: 'packages-by-path',
            setup: (bundle) =>
              bundle.onResolve({ filter: /^(onnxruntime|protobufjs|sharp)/ }, ({ path: name }) => ({
                path: alias[name] ?? name,
                external: true,
              })),
          },
        ],
      });
      const env = { ...process.env, VK_ICD_FILENAMES: ICD, VK_DRIVER_FILES: ICD };
      const said = await new Promise<string>((resolve, reject) => {
        execFile(process.execPath, [outfile], { env, timeout: 100_000 }, (error, stdout, stderr) =>
          error ? reject(new Error(stderr || error.message)) : resolve(stdout),
        );
      });
      const result = z.object({ drawn: z.number(), most: z.number() }).parse(JSON.parse(said));
      expect(result.drawn).toBe(2);
      expect(result.most).toBeLessThanOrEqual(2);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
