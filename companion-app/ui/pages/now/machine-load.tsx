/** Load, memory, heat and power, where the system tells them. */
import type { MachineNow } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useWords } from '../../lib/use-words';

/** From here on a bar warns. */
const TIGHT = 0.9;

export function MachineLoad({ machine: { cpu, memory, gpus } }: { readonly machine: MachineNow }) {
  const t = useWords();
  const format = useFormat();
  const heat = (celsius: number | null): string =>
    celsius === null ? t(queueWords.notTold) : `${format.number(celsius)} °C`;
  return (
    <section className="machine" aria-label={t(queueWords.machine)}>
      <h2>{t(queueWords.machine)}</h2>
      <p className="quiet">{cpu.name}</p>
      <Share label={t(queueWords.processor)} part={cpu.load} />
      <Share label={t(queueWords.memory)} part={memory.total > 0 ? memory.used / memory.total : null}>
        {t(queueWords.usedOf, { used: format.bytes(memory.used), total: format.bytes(memory.total) })}
      </Share>
      <Fact label={t(queueWords.temperature)} text={heat(cpu.celsius)} />
      {gpus.map((gpu, i) => (
        <div key={i} className="gpu">
          <h3>{gpu.name || t(queueWords.graphics)}</h3>
          <Share label={t(queueWords.graphics)} part={gpu.load} />
          <Share
            label={t(queueWords.graphicsMemory)}
            part={gpu.memory.used !== null && gpu.memory.total ? gpu.memory.used / gpu.memory.total : null}
          >
            {gpu.memory.used !== null && gpu.memory.total !== null
              ? t(queueWords.usedOf, { used: format.bytes(gpu.memory.used), total: format.bytes(gpu.memory.total) })
              : undefined}
          </Share>
          <Fact label={t(queueWords.temperature)} text={heat(gpu.celsius)} />
          <Fact
            label={t(queueWords.power)}
            text={gpu.watts === null ? t(queueWords.notTold) : `${format.number(gpu.watts)} W`}
          />
        </div>
      ))}
    </section>
  );
}

interface ShareProps {
  readonly label: string;
  readonly part: number | null;
  readonly children?: string | undefined;
}

function Share({ label, part, children }: ShareProps) {
  const t = useWords();
  const format = useFormat();
  if (part === null) return <Fact label={label} text={t(queueWords.notTold)} />;
  const text = children ?? format.percent(part);
  return (
    <div>
      <p className="fact">
        <span>{label}</span> <span>{text}</span>
      </p>
      <div
        className="meter"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(part * 100)}
        aria-valuetext={text}
      >
        <div className={part > TIGHT ? 'meter-part tight' : 'meter-part'} style={{ width: `${part * 100}%` }} />
      </div>
    </div>
  );
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <p className="fact">
      <span>{label}</span> <span>{text}</span>
    </p>
  );
}
