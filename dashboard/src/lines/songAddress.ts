import type { Granularity, SongNow } from '../api/types';

/** More lines than these could not be told apart by shape. */
export const MOST_REGIONS = 3;

const REGION = /^(GLOBAL|[A-Z]{2})$/;

/** What the page of a song shows, as its URL says it. No regions: those where the song stands best. */
export interface SongAddress {
  song: string;
  regions: string[];
  granularity: Granularity;
  view: 'lines' | 'table';
}

export function readSongAddress(path: string, search: string): SongAddress {
  const query = new URLSearchParams(search);
  const regions = (query.get('regions') ?? '')
    .split(',')
    .map((code) => code.trim().toUpperCase())
    .filter((code, i, all) => REGION.test(code) && all.indexOf(code) === i);
  return {
    song: decoded(path.replace(/^\/song\//, '')),
    regions: regions.slice(0, MOST_REGIONS),
    granularity: query.get('granularity') === 'day' ? 'day' : 'hour',
    view: query.get('view') === 'table' ? 'table' : 'lines',
  };
}

/** The search part of the URL, with its question mark. Commas stay readable: they need no escape there. */
export function writeSongAddress({ regions, granularity, view }: SongAddress): string {
  const query = new URLSearchParams({
    ...(regions.length > 0 && { regions: regions.join(',') }),
    granularity,
    ...(view === 'table' && { view }),
  });
  return `?${query.toString().replaceAll('%2C', ',')}`;
}

/** The regions to draw: those asked for, or else where it stands best, or else the world. */
export function drawnRegions({ regions }: SongAddress, { charts }: SongNow): string[] {
  if (regions.length > 0) return regions;
  return charts.length > 0 ? charts.slice(0, MOST_REGIONS).map(({ region }) => region) : ['GLOBAL'];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone percent sign: the service will say that there is no such song.
    return part;
  }
}
