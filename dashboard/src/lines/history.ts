import type { Granularity, RankPoint, SongNow } from '../api/types';
import { endOf, startOf, wireInstant } from '../chart/period';

/** How many settled periods a song's lines go back. */
export const PERIODS: Record<Granularity, number> = { hour: 48, day: 30 };
/** How many after them may have begun and not be settled. */
const UNSETTLED = 2;

/** A region's part of a song's history: one point for each period, null where it was off the chart. */
export interface RegionLine {
  region: string;
  name: string;
  points: (RankPoint | null)[];
  /** From this column on, what is drawn may still change. */
  settled: number;
  /** The column of what stands now: the last one from the last settled period on; null where it has left the chart. */
  end: number | null;
}

/** What was read of a region. */
export interface ReadLine {
  region: string;
  name: string;
  points: RankPoint[];
  /** Where its first period starts whose chart is not settled, if that is before the others'. */
  openFrom?: string | null;
}

export interface SongHistory {
  /** Starts of the periods, oldest first. */
  periods: number[];
  /** From this one on, no line is settled. */
  settled: number;
  lines: RegionLine[];
}

/**
 * The end of the last settled period; null before there was any chart. Before the first one is settled, the service answers
 * of the running one.
 */
export function settledEndOf({ charts, period_start, period_end }: SongNow): string | null {
  const running = charts.length > 0 && charts.every(({ status }) => status === 'provisional');
  return running ? period_start : period_end;
}

/** What to ask for: the periods up to the last settled one, and those that may be running. */
export function askedRange(granularity: Granularity, settledEnd: string): { from: string; to: string } {
  const end = Date.parse(settledEnd);
  const length = endOf(granularity, 0);
  return {
    from: wireInstant(end - PERIODS[granularity] * length),
    to: wireInstant(end + UNSETTLED * length),
  };
}

/** Where each region's periods begin that are not settled, of the charts that hold the song now. */
export function openFromOf({ charts, period_start }: SongNow): Map<string, string> {
  const open = charts.filter(({ status }) => status !== 'final');
  return new Map(period_start === null ? [] : open.map(({ region }) => [region, period_start]));
}

/** One column for each period; those after the last settled one only as far as some line goes. */
export function historyOf(granularity: Granularity, settledEnd: string, regions: ReadLine[]): SongHistory {
  const { from } = askedRange(granularity, settledEnd);
  const first = Date.parse(from);
  const length = endOf(granularity, 0);
  const settled = PERIODS[granularity];
  const columnOf = (start: string) => (startOf(granularity, Date.parse(start)) - first) / length;
  const column = ({ period_start }: RankPoint) => columnOf(period_start);
  const last = Math.max(settled - 1, ...regions.flatMap(({ points }) => points.map(column)));
  const lines = regions.map(({ region, name, points, openFrom = null }) => {
    const row = new Array<RankPoint | null>(last + 1).fill(null);
    for (const point of points) if (column(point) >= 0) row[column(point)] = point;
    // Another region's period may have begun when this one's has not: a line ends with its own.
    const end = row.findLastIndex((point) => point !== null);
    return {
      region,
      name,
      points: row,
      settled: openFrom === null ? settled : Math.min(settled, columnOf(openFrom)),
      end: end < settled - 1 ? null : end,
    };
  });
  return { periods: Array.from({ length: last + 1 }, (_, i) => first + i * length), settled, lines };
}

/** "1 now, best 1, in the Top 10 in 31 of 48 hours": a line in words. */
export function lineWords({ points, end }: RegionLine, granularity: Granularity): string {
  const ranks = points.flatMap((point) => (point ? [point.rank] : []));
  if (ranks.length === 0) return `not on the chart in these ${points.length} ${granularity}s`;
  const last = end === null ? null : points[end];
  const tops = ranks.filter((rank) => rank <= 10).length;
  return `${last ? `${last.rank} now` : 'off the chart now'}, best ${Math.min(...ranks)}, in the Top 10 in ${tops} of ${points.length} ${granularity}s`;
}
