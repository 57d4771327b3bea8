import {
  CategoryScale,
  Chart,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from 'chart.js';
import { Line } from 'react-chartjs-2';
import type { HistoryPoint } from '../../api/types';

Chart.register(LineController, LineElement, PointElement, CategoryScale, LinearScale);

const INK = '#15160f';
const PAPER = '#ffd91a';

const OPTIONS: ChartOptions<'line'> = {
  animation: false,
  events: [],
  maintainAspectRatio: false,
  layout: { padding: { top: 6, right: 6, bottom: 0, left: 0 }, autoPadding: false },
  scales: { x: { display: false }, y: { display: false, min: 0 } },
};

/**
 * The ground under the line, down to zero. Chart.js has a plugin that fills between any two lines: it weighs more than 2 kB,
 * and every page would load it for this.
 */
const GROUND: Plugin<'line'> = {
  id: 'ground',
  beforeDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const points = chart.getDatasetMeta(0).data;
    const missing = (i: number) => typeof chart.data.datasets[0]?.data[i] !== 'number';
    ctx.fillStyle = 'rgba(21, 22, 15, 0.12)';
    ctx.beginPath();
    points.forEach((point, i) => {
      if (missing(i)) return;
      if (missing(i - 1)) ctx.moveTo(point.x, chartArea.bottom);
      ctx.lineTo(point.x, point.y);
      if (missing(i + 1)) ctx.lineTo(point.x, chartArea.bottom);
    });
    ctx.fill();
  },
};
const PLUGINS = [GROUND];

/** Plays of the No. 1 over its last 24 periods, from zero; broken where it had none. Always ink on yellow. */
export function DayLine({ history, open }: { history: HistoryPoint[]; open: boolean }) {
  const last = history.length - 1;
  const data = {
    labels: history.map((point) => point.period_start),
    datasets: [
      {
        data: history.map((point) => point.plays),
        borderColor: INK,
        borderWidth: 2,
        pointRadius: history.map((_, i) => (i === last ? 4 : 0)),
        pointBorderWidth: 2,
        pointBorderColor: INK,
        pointBackgroundColor: open ? PAPER : INK,
        clip: false as const,
      },
    ],
  };
  return <Line data={data} options={OPTIONS} plugins={PLUGINS} />;
}
