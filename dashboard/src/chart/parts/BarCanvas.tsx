import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartOptions,
  LinearScale,
  type Plugin,
} from 'chart.js';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Chart as ReactChart } from 'react-chartjs-2';
import type { Bars } from '../bars';
import { hatch } from '../hatch';
import { type Colours, useColours } from '../useColours';
import { PHONE, STILL, useMedia } from '../useMedia';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

const CAP = 2;
const NOTCH = { width: 2.5, height: 14 };
// What is left of a mark that would cross the title, or even the artist, who stands close to the foot.
const BESIDE_TITLE = 9;
const BELOW_ARTIST = 4;

/** How far a row's words reach, in pixels from the foot of its bar. */
export interface WordEnds {
  title: number;
  artist: number;
}

interface Marks {
  notches: (number | null)[];
  wordEnds: WordEnds[];
  colours: Colours;
}

interface Props {
  bars: Bars;
  wordEnds: WordEnds[];
  provisional: boolean;
  rowHeight: number;
}

/** The bars of ranks 2 to 10 as one canvas, lined up with the rows of the table above it. */
export function BarCanvas({ bars, wordEnds, provisional, rowHeight }: Props) {
  const colours = useColours();
  const phone = useMedia(PHONE);
  const still = useMedia(STILL);
  const painted = usePainted();
  const marks = useRef<Marks>({ notches: bars.notches, wordEnds: phone ? [] : wordEnds, colours });
  const chart = useRef<Chart<'bar', number[], string>>(null);
  const plugins = useMemo(() => [capsAndNotches(marks)], []);

  useLayoutEffect(() => {
    marks.current = { notches: bars.notches, wordEnds: phone ? [] : wordEnds, colours };
  }, [bars, wordEnds, colours, phone]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks move when the words do.
  useEffect(() => chart.current?.draw(), [wordEnds]);

  const data = useMemo(() => {
    const fill = (context: { chart: Chart }) =>
      provisional ? hatch(context.chart.ctx, colours.bar, colours.paper) : colours.bar;
    const thickness = phone ? 8 : rowHeight - 8;
    const datasets = bars.data.datasets.map((set) => ({
      ...set,
      backgroundColor: fill,
      barThickness: thickness,
    }));
    return { ...bars.data, datasets };
  }, [bars, colours, provisional, phone, rowHeight]);

  const options = useMemo(
    () => optionsOf(bars, colours, phone, painted && !still),
    [bars, colours, phone, painted, still],
  );
  return (
    <div className="bar-canvas" aria-hidden="true" style={{ height: bars.notches.length * rowHeight }}>
      <ReactChart ref={chart} type="bar" data={data} options={options} plugins={plugins} />
    </div>
  );
}

function optionsOf(
  { max, ticks }: Bars,
  colours: Colours,
  phone: boolean,
  moving: boolean,
): ChartOptions<'bar'> {
  return {
    indexAxis: 'y',
    events: [],
    maintainAspectRatio: false,
    layout: { padding: 0, autoPadding: false },
    animation: moving ? { duration: 420, easing: 'easeOutQuart' } : false,
    scales: {
      x: {
        min: 0,
        max: Math.max(max, 1),
        border: { display: false },
        ticks: { display: false },
        grid: { drawTicks: false, color: ({ index }) => (phone && index > 0 ? 'transparent' : colours.rule) },
        // Set by hand: asked for a step, Chart.js divides the axis evenly instead.
        afterBuildTicks: (scale) => {
          scale.ticks = ticks.map((value) => ({ value }));
        },
        afterFit: (scale) => {
          scale.height = 0;
        },
      },
      y: { display: false },
    },
  };
}

/** The first paint stands still; only changes move. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setPainted(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return painted;
}

function capsAndNotches(marks: { current: Marks }): Plugin<'bar'> {
  return {
    id: 'caps-and-notches',
    afterDatasetsDraw(chart) {
      const { notches, wordEnds, colours } = marks.current;
      chart.getDatasetMeta(0).data.forEach((element, row) => {
        const bar = element.getProps(['x', 'y', 'height'], false) as { x: number; y: number; height: number };
        const foot = bar.y + bar.height / 2;
        const cap = heightBeside(wordEnds[row], bar.x, bar.height);
        chart.ctx.fillStyle = colours['bar-end'];
        chart.ctx.fillRect(bar.x - CAP, foot - cap, CAP, cap);
        chart.ctx.fillStyle = colours.ink;
        const plays = notches[row];
        if (plays !== null && plays !== undefined) drawNotch(chart, plays, foot, wordEnds[row]);
      });
    },
  };
}

/** How high above the foot a mark at x may stand without crossing letters. */
function heightBeside(words: WordEnds | undefined, x: number, wanted: number): number {
  if (!words || x > Math.max(words.title, words.artist) + 4) return wanted;
  return Math.min(wanted, x > words.artist + 4 ? BESIDE_TITLE : BELOW_ARTIST);
}

/** A short upright line across the foot; where it would lie beyond the scale, an arrow at the edge points there. */
function drawNotch(
  { ctx, scales, chartArea }: Chart,
  plays: number,
  foot: number,
  words: WordEnds | undefined,
): void {
  const at = scales.x?.getPixelForValue(plays) ?? 0;
  const edge = chartArea.right;
  if (at <= edge) {
    const left = Math.min(at - NOTCH.width / 2, edge - NOTCH.width);
    const above = heightBeside(words, at, NOTCH.height - 3);
    ctx.fillRect(left, foot - above, NOTCH.width, above + 3);
    return;
  }
  ctx.beginPath();
  ctx.moveTo(edge - 7, foot - 9);
  ctx.lineTo(edge, foot - 4);
  ctx.lineTo(edge - 7, foot + 1);
  ctx.fill();
}
