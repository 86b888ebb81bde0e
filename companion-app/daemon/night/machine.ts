/** What the night asks of the machine it runs on. Real answers come from the system, others from tests. Null: it cannot be told here. */
import { statfs } from 'node:fs/promises';
import { battery, cpuTemperature, graphics, mem } from 'systeminformation';
import { systemIdleSeconds } from './idle';

export interface Machine {
  /** True while it runs on its battery; false without one. */
  onBattery(): Promise<boolean>;
  /** The hottest of processor and GPUs, °C. */
  celsius(): Promise<number | null>;
  /** Seconds since somebody last touched keyboard or mouse. */
  idleSeconds(): Promise<number | null>;
  /** Bytes that may still be written to the disk with this folder. */
  freeDisk(folder: string): Promise<number | null>;
  /** Bytes of memory that programs may still take. */
  freeMemory(): Promise<number | null>;
}

/** `idle` where the desktop knows better than the command line (Electron's powerMonitor). */
export function thisMachine(idle: () => Promise<number | null> = systemIdleSeconds): Machine {
  return {
    onBattery: async () => {
      const { hasBattery, acConnected } = await battery();
      return hasBattery && !acConnected;
    },
    celsius: async () => {
      const [cpu, gpus] = await Promise.all([cpuTemperature(), graphics()]);
      const known = [cpu.main, cpu.max, ...gpus.controllers.map((gpu) => gpu.temperatureGpu)].filter(
        (value): value is number => typeof value === 'number' && value > 0,
      );
      return known.length > 0 ? Math.max(...known) : null;
    },
    idleSeconds: idle,
    freeDisk: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    freeMemory: async () => (await mem()).available,
  };
}
