import type { Granularity } from '../api/types';
import { startOf, wireInstant } from './period';

export type View = 'chart' | 'table';

/** What the page shows, as its URL says it. `at` is a period's start; null follows the latest final chart. */
export interface Address {
  region: string;
  granularity: Granularity;
  at: string | null;
  view: View;
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const granularity = query.get('granularity') === 'day' ? 'day' : 'hour';
  return {
    region: (query.get('region') ?? '').trim().toUpperCase() || 'GLOBAL',
    granularity,
    at: periodAt(granularity, query.get('at')),
    view: query.get('view') === 'table' ? 'table' : 'chart',
  };
}

/** The search part of the URL, with its question mark. Colons stay readable: they need no escape there. */
export function writeAddress({ region, granularity, at, view }: Address): string {
  const query = new URLSearchParams({ region, granularity });
  if (at) query.set('at', at);
  if (view === 'table') query.set('view', view);
  return `?${query.toString().replaceAll('%3A', ':')}`;
}

function periodAt(granularity: Granularity, at: string | null): string | null {
  const instant = Date.parse(at ?? '');
  return Number.isNaN(instant) ? null : wireInstant(startOf(granularity, instant));
}
