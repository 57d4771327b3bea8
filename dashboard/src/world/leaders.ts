import type { Song, World, WorldRegion } from '../api/types';
import { amount } from '../chart/period';

/** How a tile is filled: by the song that leads there, if it leads in many regions. */
export type Fill = 'first' | 'second' | 'third' | 'fourth' | 'plain';
const FILLS: readonly Fill[] = ['first', 'second', 'third', 'fourth'];

/** Where there are few regions, two that agree are many. */
const MANY_REGIONS = 40;

export interface Leader {
  song: Song;
  /** One of the regions that it leads, for the language of its title. */
  region: string;
  /** How many it leads. */
  regions: number;
  fill: Fill;
}

export interface Leaders {
  /** The songs that have a fill of their own, most regions first. */
  filled: Leader[];
  /** The regions that others lead, and from how many to how many of them one song leads. */
  others: { regions: number; fewest: number; most: number };
  /** Regions whose number one was not number one in the period before. */
  fresh: number;
}

/** Which songs lead the world, and what the key says of it. */
export function leadersOf(regions: WorldRegion[]): Leaders {
  const bySong = new Map<string, WorldRegion[]>();
  for (const region of regions) {
    const id = region.number_one?.song.song_id;
    if (id !== undefined) bySong.set(id, [...(bySong.get(id) ?? []), region]);
  }
  const plays = (led: WorldRegion[]) =>
    led.reduce((sum, { number_one }) => sum + (number_one?.plays ?? 0), 0);
  const songs = [...bySong]
    .toSorted(([x, a], [y, b]) => b.length - a.length || plays(b) - plays(a) || (x < y ? -1 : 1))
    .map(([, led]) => led);
  const enough = regions.length >= MANY_REGIONS ? 5 : 2;
  const many = songs.filter((led) => led.length >= enough).slice(0, FILLS.length);
  const filled = many.flatMap((led, i) => {
    const [first] = led;
    const song = first?.number_one?.song;
    return song ? [{ song, region: first.region, regions: led.length, fill: FILLS[i] ?? 'plain' }] : [];
  });
  const rest = songs.slice(many.length).map((led) => led.length);
  return {
    filled,
    others: {
      regions: rest.reduce((sum, led) => sum + led, 0),
      fewest: rest.at(-1) ?? 0,
      most: rest[0] ?? 0,
    },
    fresh: regions.filter(isFresh).length,
  };
}

export function isFresh({ number_one }: WorldRegion): boolean {
  return number_one !== null && number_one.previous_rank !== 1;
}

export function fillOf(region: WorldRegion, { filled }: Leaders): Fill {
  return filled.find(({ song }) => song.song_id === region.number_one?.song.song_id)?.fill ?? 'plain';
}

/** "other songs, 1 to 4 regions each" */
export function othersWords({ fewest, most, regions }: Leaders['others']): string {
  if (regions === most) return 'another song';
  return `other songs, ${fewest === most ? amount(most, 'region') : `${fewest} to ${amount(most, 'region')}`} each`;
}

/** "54 of 56 regions, 2 provisional": how many are as settled as the world itself, and how the others stand. */
export function settledWords({ status, regions }: World): string {
  const others = (['final', 'provisional', 'held'] as const)
    .filter((other) => other !== status)
    .map((other) => ({ other, count: regions.filter((region) => region.status === other).length }))
    .filter(({ count }) => count > 0);
  const all = amount(regions.length, 'region');
  if (others.length === 0) return all;
  const same = regions.filter((region) => region.status === status).length;
  return `${same} of ${all}, ${others.map(({ other, count }) => `${count} ${other}`).join(', ')}`;
}

/** The number ones that have been on their charts longest without a gap, the longest first. */
export function longestOf(regions: WorldRegion[]): WorldRegion[] {
  const streak = ({ number_one }: WorldRegion) => number_one?.streak ?? 0;
  return regions
    .filter((region) => streak(region) > 1)
    .toSorted((a, b) => streak(b) - streak(a))
    .slice(0, 10);
}
