import type { Chart } from '../api/types';

/** "top-songs-CA-hour-2026-11-22T13", the name of what is saved from a chart, without its ending. */
export function fileName({
  region,
  granularity,
  period_start,
}: Pick<Chart, 'region' | 'granularity' | 'period_start'>): string {
  return `top-songs-${region}-${granularity}-${period_start.slice(0, granularity === 'hour' ? 13 : 10)}`;
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
