import type { Chart } from '../api/types';

/** Where else a song stands. */
export interface Elsewhere {
  region: string;
  rank: number;
}

/** The songs that stand in more than one of the charts, each with all its places. */
export function sharedSongs(charts: Chart[]): Map<string, Elsewhere[]> {
  const places = new Map<string, Elsewhere[]>();
  for (const { region, entries } of charts) {
    for (const { song, rank } of entries) {
      places.set(song.song_id, [...(places.get(song.song_id) ?? []), { region, rank }]);
    }
  }
  return new Map([...places].filter(([, at]) => at.length > 1));
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four'];

/** "3 songs are in all three Top 10s, 5 more in two." */
export function sharedWords(charts: Chart[]): string {
  const shared = [...sharedSongs(charts).values()].map((places) => places.length);
  if (shared.length === 0) return 'They share no song.';
  const parts = NUMBERS.map((name, regions) => ({
    regions,
    songs: shared.filter((places) => places === regions).length,
    where: regions < charts.length ? `${name} of the` : regions === 2 ? 'both' : `all ${name}`,
  }))
    .filter(({ songs }) => songs > 0)
    .toReversed();
  const [first, ...rest] = parts.map(({ songs, where }, i) =>
    i === 0
      ? `${songs} ${songs === 1 ? 'song is' : 'songs are'} in ${where} Top 10s`
      : `${songs} more in ${where.replace(' of the', '')}`,
  );
  return `${[first, ...rest].join(', ')}.`;
}
