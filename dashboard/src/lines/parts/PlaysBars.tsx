import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartOptions,
  LinearScale,
  type ScriptableContext,
} from 'chart.js';
import { useMemo } from 'react';
import { Chart as ReactChart } from 'react-chartjs-2';
import type { Granularity } from '../../api/types';
import { hatch } from '../../chart/hatch';
import { count } from '../../chart/numbers';
import { periodWords } from '../../chart/period';
import { useColours } from '../../chart/useColours';
import { YELLOW } from '../drawing';
import type { RegionLine, SongHistory } from '../history';
import { STROKES } from '../strokes';
import { LineSample } from './LineSample';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

const OPTIONS: ChartOptions<'bar'> = {
  animation: false,
  events: [],
  maintainAspectRatio: false,
  layout: { padding: 0, autoPadding: false },
  scales: { x: { display: false }, y: { display: false, min: 0 } },
};

interface Props {
  history: SongHistory;
  granularity: Granularity;
}

/** Plays of each period, one small chart a region, each from zero to its own most. Yellow is a period at No. 1. */
export function PlaysBars({ history, granularity }: Props) {
  return (
    <ul className="plays-bars">
      {history.lines.map((line, i) => (
        <li key={line.region}>
          <p>
            <LineSample stroke={STROKES[i] ?? 'squares'} />
            <b>{line.name}</b>
            <span>{mostWords(line, granularity)}</span>
          </p>
          <Bars line={line} history={history} />
        </li>
      ))}
    </ul>
  );
}

interface BarsProps {
  line: RegionLine;
  history: SongHistory;
}

function Bars({ line: { region, points, settled }, history: { periods } }: BarsProps) {
  const colours = useColours();
  const data = useMemo(() => {
    const first = points.map((point) => point?.rank === 1);
    const fill = ({ chart, dataIndex }: ScriptableContext<'bar'>) => {
      const colour = first[dataIndex] ? YELLOW : colours.bar;
      // Hatch always means not settled.
      return dataIndex < settled ? colour : hatch(chart.ctx, colour, colours.paper);
    };
    return {
      labels: periods,
      datasets: [
        {
          label: region,
          data: points.map((point) => point?.plays ?? Number.NaN),
          backgroundColor: fill,
          borderColor: first.map((one) => (one ? colours.ink : colours['bar-end'])),
          borderWidth: { top: 2, right: 0, bottom: 0, left: 0 },
          barPercentage: 0.84,
          categoryPercentage: 1,
        },
      ],
    };
  }, [region, points, periods, settled, colours]);
  return (
    <div className="plays-canvas" aria-hidden="true">
      <ReactChart type="bar" data={data} options={OPTIONS} />
    </div>
  );
}

function mostWords({ points }: RegionLine, granularity: Granularity): string {
  const most = points.reduce<RegionLine['points'][number]>(
    (best, point) => ((point?.plays ?? 0) > (best?.plays ?? 0) ? point : best),
    null,
  );
  if (!most) return 'off the chart';
  return `most ${count(most.plays)}, ${periodWords(granularity, Date.parse(most.period_start))}`;
}
