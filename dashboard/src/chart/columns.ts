import type { Entry, Granularity } from '../api/types';

/** A column of the table view that holds one figure. */
export interface Column {
  key: string;
  head: string;
  value(entry: Entry): number | null;
}

export interface Sorting {
  key: string;
  descending: boolean;
}

export function figureColumns(granularity: Granularity): Column[] {
  return [
    { key: 'plays', head: 'Plays', value: (e) => e.plays },
    {
      key: 'last',
      head: granularity === 'hour' ? 'Hour before' : 'Day before',
      value: (e) => e.previous_plays,
    },
    { key: 'share', head: 'Share', value: (e) => e.share },
    { key: 'listeners', head: 'Listeners', value: (e) => e.listeners },
    { key: 'prev', head: 'Prev.', value: (e) => e.previous_rank },
    { key: 'peak', head: 'Peak', value: (e) => e.peak_rank },
    { key: 'on_chart', head: granularity === 'hour' ? 'Hours' : 'Days', value: (e) => e.periods_on_chart },
    { key: 'streak', head: 'Streak', value: (e) => e.streak },
  ];
}

/** The entries in another order; what is missing stays last either way, and equals keep the chart's order. */
export function sortEntries(entries: Entry[], columns: Column[], { key, descending }: Sorting): Entry[] {
  const direction = descending ? -1 : 1;
  if (key === 'title' || key === 'artist') {
    const text = (e: Entry) => (key === 'title' ? (e.song.title ?? e.song.song_id) : (e.song.artist ?? ''));
    return entries.toSorted((a, b) => direction * text(a).localeCompare(text(b)));
  }
  const value = columns.find((column) => column.key === key)?.value ?? ((e: Entry) => e.position);
  return entries.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}
