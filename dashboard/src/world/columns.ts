import type { WorldRegion } from '../api/types';
import type { Sorting } from '../chart/columns';

const TEXTS: Record<string, (region: WorldRegion) => string | null> = {
  region: ({ region_name }) => region_name,
  title: ({ number_one }) => number_one && (number_one.song.title ?? number_one.song.song_id),
  artist: ({ number_one }) => number_one?.song.artist ?? null,
};

const FIGURES: Record<string, (region: WorldRegion) => number | null> = {
  plays: ({ number_one }) => number_one?.plays ?? null,
  share: ({ number_one, plays }) => (number_one && plays > 0 ? number_one.plays / plays : null),
  streak: ({ number_one }) => number_one?.streak ?? null,
  all: ({ plays }) => plays,
};

/** The regions in another order; what is missing stays last either way, and equals stand by their names. */
export function sortRegions(regions: WorldRegion[], { key, descending }: Sorting): WorldRegion[] {
  const value = TEXTS[key] ?? FIGURES[key] ?? (() => null);
  const direction = descending ? -1 : 1;
  const byName = regions.toSorted((a, b) => a.region_name.localeCompare(b.region_name));
  return byName.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (typeof x === 'number' ? x - Number(y) : x.localeCompare(String(y)));
  });
}
