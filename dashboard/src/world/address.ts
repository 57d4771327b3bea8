import type { Granularity } from '../api/types';
import { periodAt } from '../chart/address';

export type WorldView = 'map' | 'table';
export const MOST_COMPARED = 4;

/** What the world's page shows, as its URL says it. */
export interface WorldAddress {
  granularity: Granularity;
  /** A period's start; null follows the latest settled one. */
  at: string | null;
  view: WorldView;
  /** The regions that are compared, as many as four; null while none are to be. */
  compare: string[] | null;
}

export function readWorldAddress(search: string): WorldAddress {
  const query = new URLSearchParams(search);
  const granularity = query.get('granularity') === 'day' ? 'day' : 'hour';
  return {
    granularity,
    at: periodAt(granularity, query.get('at')),
    view: query.get('view') === 'table' ? 'table' : 'map',
    compare: regionsIn(query.get('compare')),
  };
}

/** The search part of the URL, with its question mark. Colons and commas stay readable: they need no escape there. */
export function writeWorldAddress({ granularity, at, view, compare }: WorldAddress): string {
  const query = new URLSearchParams({ granularity });
  if (at) query.set('at', at);
  if (view === 'table') query.set('view', view);
  if (compare) query.set('compare', compare.join(','));
  return `?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

function regionsIn(list: string | null): string[] | null {
  if (list === null) return null;
  const codes = list.split(',').map((code) => code.trim().toUpperCase());
  return [...new Set(codes)].filter((code) => code !== '').slice(0, MOST_COMPARED);
}
