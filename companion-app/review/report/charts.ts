/** Cost and time as drawings: echarts makes SVG here, so that neither the page nor the file needs a script for it. */
import type { EChartsOption } from 'echarts';
import type { CostReport, ReportChart, ReportShot } from '../../../shared/protocol';
import { reportWords as words, say, type Language } from '../../../shared/words';

interface Ink {
  readonly text: string;
  readonly line: string;
  readonly bar: string;
  readonly curve: string;
}

const LIGHT: Ink = { text: '#3d444d', line: '#d1d9e0', bar: '#3b74d6', curve: '#b35900' };
const DARK: Ink = { text: '#c9d1d9', line: '#44494f', bar: '#6ea1f5', curve: '#f0a152' };
/** Without quotation marks: they would end the attribute that the names stand in. */
const FONT = 'system-ui, Segoe UI, Roboto, Noto Sans, Noto Sans CJK JP, sans-serif';
const WIDTH = 400;
/** So many shots have a bar of their own; the rest share one. */
const MOST_BARS = 16;
const LONGEST_NAME = 16;

/** The charts of a report: work by shot, cost by shot, the trend where there are several days. */
export async function reportCharts(
  shots: readonly ReportShot[],
  money: { readonly currency: string; readonly days: CostReport['days'] } | undefined,
  language: Language,
): Promise<ReportChart[]> {
  const longest = Math.max(0, ...shots.map(({ seconds }) => seconds));
  const inMinutes = longest >= 120;
  const time = shots.map(({ name, seconds }) => ({ name, value: inMinutes ? seconds / 60 : seconds }));
  const cost = shots.flatMap(({ name, cost: value }) => (value === undefined ? [] : [{ name, value }]));
  const trend = money && money.days.length > 1 ? await trendChart(money.days, money.currency, language) : null;
  const made = await Promise.all([
    bars(say(language, inMinutes ? words.chartTime : words.chartTimeSeconds), time, language),
    money ? bars(say(language, words.chartCost, { currency: money.currency }), cost, language) : null,
  ]);
  return [...made, trend].filter((chart) => chart !== null);
}

interface Bar {
  readonly name: string;
  readonly value: number;
}

const digits = (values: readonly number[]): number => {
  const most = Math.max(...values.map(Math.abs));
  return most >= 10 ? 1 : most >= 1 ? 2 : 4;
};

/** Null where there is nothing to draw. */
async function bars(title: string, all: readonly Bar[], language: Language): Promise<ReportChart | null> {
  if (!all.some(({ value }) => value > 0)) return null;
  const sorted = [...all].sort((a, b) => b.value - a.value);
  const own = sorted.length > MOST_BARS ? sorted.slice(0, MOST_BARS - 1) : sorted;
  const others = sorted.slice(own.length);
  const shown = [
    ...own,
    ...(others.length === 0
      ? []
      : [
          {
            name: say(language, words.otherShots, { n: others.length }),
            value: others.reduce((sum, { value }) => sum + value, 0),
          },
        ]),
  ];
  const most = digits(shown.map(({ value }) => value));
  const told = new Intl.NumberFormat(language, { maximumFractionDigits: most });
  const labels = shown.map(({ value }) => told.format(value));
  const left = 10 + Math.max(...shown.map(({ name }) => widthOf(shortened(name))));
  return drawn(title, `${title}: ${shown.map(({ name }, i) => `${name} ${labels[i] ?? ''}`).join(', ')}`, {
    height: 34 + 24 * shown.length,
    option: (ink) => ({
      grid: { left, right: 72, top: 4, bottom: 4 },
      xAxis: { type: 'value', splitLine: { lineStyle: { color: ink.line } }, axisLabel: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shown.map(({ name }) => shortened(name)),
        axisLine: { lineStyle: { color: ink.line } },
        axisTick: { show: false },
        axisLabel: { color: ink.text, fontSize: 13, fontFamily: FONT, interval: 0 },
      },
      series: [
        {
          type: 'bar',
          barWidth: 14,
          itemStyle: { color: ink.bar, borderRadius: [0, 3, 3, 0] },
          data: shown.map(({ value }, i) => ({
            value,
            label: {
              ...{ show: true, position: 'right', color: ink.text, fontSize: 13, fontFamily: FONT },
              formatter: labels[i] ?? '',
            },
          })),
        },
      ],
    }),
  });
}

const shortened = (name: string): string => {
  const letters = Array.from(name);
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
};

/** About so many pixels at 13 a letter: there is nothing here to measure text with. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 13.5 : 8.4), 0);

/** What was spent each day, and the cost of a usable second as it stood at each day's end. Null where there is no day. */
export async function trendChart(
  days: CostReport['days'],
  currency: string,
  language: Language,
): Promise<ReportChart | null> {
  if (days.length === 0) return null;
  const title = say(language, words.chartTrend, { currency });
  const [spent, usable] = [say(language, words.chartSpent), say(language, words.chartUsable)];
  const told = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const name = (day: string): string => date.format(new Date(`${day}T00:00:00Z`));
  const alt = days
    .map(
      ({ day, total, perUsableSecond }) =>
        `${name(day)}: ${spent} ${told.format(total)}${perUsableSecond === null ? '' : `, ${usable} ${told.format(perUsableSecond)}`}`,
    )
    .join('; ');
  return drawn(title, `${title}. ${alt}`, {
    height: 260,
    option: (ink) => {
      const axis = (color: string) => ({
        ...{ type: 'value' as const, min: 0, splitNumber: 4 },
        axisLabel: { color, fontSize: 12, fontFamily: FONT, formatter: (value: number) => told.format(value) },
      });
      return {
        legend: {
          top: 0,
          left: 0,
          textStyle: { color: ink.text, fontSize: 12, fontFamily: FONT },
          itemHeight: 10,
          itemGap: 28,
        },
        grid: { left: 62, right: 62, top: 38, bottom: 26 },
        xAxis: {
          type: 'category',
          data: days.map(({ day }) => name(day)),
          axisLine: { lineStyle: { color: ink.line } },
          axisLabel: { color: ink.text, fontSize: 12, fontFamily: FONT },
        },
        yAxis: [
          { ...axis(ink.curve), splitLine: { lineStyle: { color: ink.line } } },
          { ...axis(ink.bar), splitLine: { show: false } },
        ],
        series: [
          {
            name: spent,
            type: 'bar',
            barMaxWidth: 28,
            yAxisIndex: 1,
            itemStyle: { color: ink.bar },
            data: days.map(({ total }) => total),
          },
          {
            name: usable,
            type: 'line',
            symbolSize: 7,
            lineStyle: { color: ink.curve, width: 2.5 },
            itemStyle: { color: ink.curve },
            data: days.map(({ perUsableSecond }) => perUsableSecond),
          },
        ],
      };
    },
  });
}

interface Drawing {
  readonly height: number;
  readonly option: (ink: Ink) => EChartsOption;
}

async function drawn(title: string, alt: string, { height, option }: Drawing): Promise<ReportChart> {
  const { init } = await import('echarts');
  const draw = (ink: Ink): string => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
    chart.setOption({ ...option(ink), animation: false, backgroundColor: 'transparent' });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  };
  return { title, alt, light: draw(LIGHT), dark: draw(DARK) };
}
