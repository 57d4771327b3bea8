import type { Granularity, Region } from '../api/types';

/** Regions whose name or code fits what was typed, those that begin with it first. Accents and case do not matter. */
export function findRegions(regions: Region[], typed: string): Region[] {
  const wanted = plain(typed.trim());
  if (wanted === '') return regions;
  const fits = regions.filter(({ name, region }) => plain(name).includes(wanted) || plain(region) === wanted);
  const place = ({ name, region }: Region) => {
    if (plain(region) === wanted || plain(name).startsWith(wanted)) return 0;
    return plain(name).includes(` ${wanted}`) ? 1 : 2;
  };
  return fits.toSorted((a, b) => place(a) - place(b));
}

export function latestOf(region: Region, granularity: Granularity): string | null {
  return granularity === 'hour' ? region.latest_hour : region.latest_day;
}

/** The English name of a place with that code, for when the service's own list is not at hand. */
export function placeName(code: string): string | undefined {
  if (code === 'GLOBAL') return 'Global';
  try {
    return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code);
  } catch {
    return undefined;
  }
}

/** What the service calls a region, or else its English name, or else its code. */
export function regionName(regions: Region[] | null, code: string): string {
  return regions?.find(({ region }) => region === code)?.name ?? placeName(code) ?? code;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
