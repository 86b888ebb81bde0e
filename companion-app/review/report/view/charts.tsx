/** Charts that were drawn elsewhere; the one for the reader's light is shown. */
import type { ReportChart } from '../../../../shared/protocol/pages';
import { reportWords as words } from '../../../../shared/words';
import type { Speech } from './words';

interface ChartsProps {
  readonly charts: readonly ReportChart[];
  readonly look: 'auto' | 'light' | 'dark';
  readonly s: Speech;
}

export function Charts({ charts, look, s }: ChartsProps) {
  if (charts.length === 0) return null;
  return (
    <>
      <h2>{s.t(words.charts)}</h2>
      <div className="charts">
        {charts.map((chart) => (
          <figure key={chart.title}>
            <figcaption>
              <b>{chart.title}</b>
            </figcaption>
            <Chart chart={chart} look={look} />
          </figure>
        ))}
      </div>
    </>
  );
}

function Chart({
  chart: { light, dark, alt },
  look,
}: {
  readonly chart: ReportChart;
  readonly look: ChartsProps['look'];
}) {
  return (
    <picture>
      {look === 'auto' && <source media="screen and (prefers-color-scheme: dark)" srcSet={dark} />}
      {look === 'dark' && <source media="screen" srcSet={dark} />}
      <img src={light} alt={alt} />
    </picture>
  );
}
