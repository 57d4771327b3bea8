import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { type CSSProperties, useMemo } from 'react';
import { Line } from 'react-chartjs-2';
import type { Granularity } from '../../api/types';
import { useColours } from '../../chart/useColours';
import { PHONE, useMedia } from '../../chart/useMedia';
import { dateLabels } from '../dates';
import { lineOptions } from '../drawing';
import type { SongHistory } from '../history';
import { laneOf, rankScale, spread } from '../scale';
import { strokeSets } from '../strokes';
import { Frame } from './Frame';

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** Heights of a row and of a label at the end of a line, in pixels. */
const ROW = { wide: 32, phone: 26 };
const LABEL = 22;

interface Props {
  history: SongHistory;
  granularity: Granularity;
}

/** A song's rank over time in up to three regions; rank and region stand at the line's end. */
export function RankLines({ history, granularity }: Props) {
  const { periods, lines } = history;
  const colours = useColours();
  const phone = useMedia(PHONE);
  const height = phone ? ROW.phone : ROW.wide;
  const scale = useMemo(
    () => rankScale(lines.flatMap(({ points }) => points.flatMap((point) => (point ? [point.rank] : [])))),
    [lines],
  );
  const ranks = useMemo(() => scale.ticks.map((rank) => ({ rank, row: scale.rowOf(rank) })), [scale]);
  const drawn = useMemo(
    () =>
      lines.map(({ region, points, settled }, i) => ({
        region,
        settled,
        rows: points.map((point) => (point ? scale.rowOf(point.rank) + laneOf(i, lines.length) : null)),
      })),
    [lines, scale],
  );
  const data = useMemo(
    () => ({ datasets: strokeSets(drawn, phone ? 2 : 3, colours) }),
    [drawn, phone, colours],
  );
  const options = useMemo(
    () => lineOptions(periods.length, scale.bottom, ranks, colours),
    [periods.length, scale, ranks, colours],
  );
  const dates = dateLabels(granularity, periods, phone ? 4 : 9);
  return (
    <div className="rank-lines" style={{ '--row-height': `${height}px` } as CSSProperties}>
      <Frame columns={periods.length} bottom={scale.bottom} ranks={ranks} dates={dates}>
        <Line data={data} options={options} />
      </Frame>
      <Ends
        history={history}
        rows={lines.map(({ end }, i) => (end === null ? null : (drawn[i]?.rows[end] ?? null)))}
        bottom={scale.bottom}
        height={height}
      />
    </div>
  );
}

interface EndsProps {
  history: SongHistory;
  /** Where each line ends; null where it is off the chart then. */
  rows: (number | null)[];
  bottom: number;
  height: number;
}

function Ends({ history, rows, bottom, height }: EndsProps) {
  // A line that has left the chart is named at the foot.
  const foot = bottom * height;
  const heights = rows.map((row, i) => (row === null ? foot + i : (row - 0.5) * height));
  const tops = spread(heights, LABEL, foot);
  return (
    <div className="ends" aria-hidden="true">
      {history.lines.map(({ region, name, points, end }, i) => {
        const rank = end === null ? null : points[end]?.rank;
        return (
          <span key={region} className={rank ? '' : 'off'} style={{ top: tops[i] }}>
            <b>{rank ?? '–'}</b> <span className="name">{name}</span>
            <span className="code">{region === 'GLOBAL' ? 'Global' : region}</span>
          </span>
        );
      })}
    </div>
  );
}
