import type { Granularity, SongNow, Standing } from '../../api/types';
import { chartOf } from '../../chart/address';
import { barWidth } from '../../chart/bars';
import { count, share } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { MovementMark } from '../../chart/parts/MovementMark';
import { Rank } from '../../chart/parts/Rank';
import { StatusChip } from '../../chart/parts/StatusChip';
import { mostPlays } from '../standings';

/** The charts that hold the song now, the best rank first. */
export function WhereTable({ now: { charts, granularity, period_start } }: { now: SongNow }) {
  const most = mostPlays(charts);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label="Charts that hold this song">
      <table className="figures where">
        <thead>
          <tr>
            <Column>Rank</Column>
            <Column>Move</Column>
            <Column>Region</Column>
            <th scope="col" className="bars">
              Plays, one scale
            </th>
            <Column figure>Plays</Column>
            <Column figure>Share</Column>
            <Column figure>Peak</Column>
            <Column figure>{granularity === 'hour' ? 'Hours' : 'Days'}</Column>
            <Column figure>Streak</Column>
          </tr>
        </thead>
        <tbody>
          {charts.map((chart) => (
            <Row
              key={chart.region}
              chart={chart}
              granularity={granularity}
              start={period_start}
              most={most}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  chart: Standing;
  granularity: Granularity;
  start: string | null;
  most: number;
}

function Row({ chart, granularity, start, most }: RowProps) {
  return (
    <tr className={chart.status === 'final' ? '' : 'provisional'}>
      <td className="rank">
        <Rank entry={chart} />
      </td>
      <td>
        <MovementMark entry={chart} />
      </td>
      <th scope="row">
        <a href={chartOf(chart.region, granularity, start)}>{chart.region_name}</a>{' '}
        {chart.status !== 'final' && <StatusChip chip={chart.status} />}
      </th>
      <td className="bars">
        {chart.region === 'GLOBAL' ? (
          <small>all regions</small>
        ) : (
          <span className={chart.rank === 1 ? 'one' : ''} style={{ width: barWidth(chart.plays, most) }} />
        )}
      </td>
      <td className="figure plays">{count(chart.plays)}</td>
      <td className="figure">{share(chart.share)}</td>
      <td className="figure">{count(chart.peak_rank)}</td>
      <td className="figure">{count(chart.periods_on_chart)}</td>
      <td className="figure">{count(chart.streak)}</td>
    </tr>
  );
}
