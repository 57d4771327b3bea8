import type { Standing } from '../api/types';

/** What a song's page says at its head, of the regions: the world is no region among them. */
export interface Headline {
  first: number;
  ten: number;
  regions: number;
  /** The longest time without a gap on a chart that holds it now, and where. */
  streak: Standing | null;
  /** Plays in the whole world; null where it is not on that chart. */
  plays: number | null;
  /** The best rank that it ever had on the charts that hold it now, and in how many of them. */
  best: { rank: number; regions: Standing[] } | null;
}

export function headlineOf(charts: Standing[]): Headline {
  const regions = charts.filter(({ region }) => region !== 'GLOBAL');
  const peak = Math.min(...regions.map(({ peak_rank }) => peak_rank));
  return {
    first: regions.filter(({ rank }) => rank === 1).length,
    ten: regions.filter(({ rank }) => rank <= 10).length,
    regions: regions.length,
    streak: regions.reduce<Standing | null>((best, c) => (best && best.streak >= c.streak ? best : c), null),
    plays: charts.find(({ region }) => region === 'GLOBAL')?.plays ?? null,
    best:
      regions.length > 0
        ? { rank: peak, regions: regions.filter(({ peak_rank }) => peak_rank === peak) }
        : null,
  };
}

/** The plays that a full bar stands for: the most of any region. The world's plays are the sum, and would dwarf them. */
export function mostPlays(charts: Standing[]): number {
  return Math.max(0, ...charts.filter(({ region }) => region !== 'GLOBAL').map(({ plays }) => plays));
}
