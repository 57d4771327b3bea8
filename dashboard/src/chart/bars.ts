import type { ChartData } from 'chart.js';
import type { Chart } from '../api/types';

/** What the canvas beside ranks 2 to 10 draws, and the scale it shares with the No. 1 row. */
export interface Bars {
  data: ChartData<'bar', number[], string>;
  /** Plays of No. 1: its block is the whole width. */
  max: number;
  /** Round values from 0 that get a gridline and a label. */
  ticks: number[];
  /** Plays in the last period, or null where there is no mark to draw. */
  notches: (number | null)[];
}

/** Bars from the second entry on: the first is the yellow block, and the scale. */
export function barsOf(chart: Chart): Bars {
  const max = chart.entries[0]?.plays ?? 0;
  const rows = chart.entries.slice(1);
  return {
    data: {
      labels: rows.map(({ song }) => song.song_id),
      datasets: [{ data: rows.map(({ plays }) => plays) }],
    },
    max,
    ticks: ticksUpTo(max),
    // An open period against a whole one would compare minutes with an hour.
    notches: rows.map((row) => (chart.status === 'provisional' ? null : row.previous_plays)),
  };
}

/** 0 and at most five round steps (1, 2 or 5 times a power of ten) up to max; whole plays only. */
export function ticksUpTo(max: number): number[] {
  const step = stepFor(max);
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step);
}

/** The part of the width that a song's bar takes, as CSS. */
export function barWidth(plays: number, max: number): string {
  return max === 0 ? '0%' : `${((100 * plays) / max).toFixed(3)}%`;
}

function stepFor(max: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(max, 1)));
  const steps = [power / 5, power / 2, power, 2 * power].filter((step) => step >= 1);
  return steps.find((step) => max / step < 6) ?? power;
}
