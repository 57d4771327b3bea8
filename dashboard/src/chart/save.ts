import type { Chart } from '../api/types';

/** "top-songs-CA-hour-2026-11-22T13", the name of what is saved from a chart, without its ending; with "-rev1" where that was asked for. */
export function fileName(
  { region, granularity, period_start }: Pick<Chart, 'region' | 'granularity' | 'period_start'>,
  revision: number | null = null,
): string {
  const period = period_start.slice(0, granularity === 'hour' ? 13 : 10);
  return `top-songs-${region}-${granularity}-${period}${revision === null ? '' : `-rev${revision}`}`;
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
