import type { Granularity } from '../api/types';
import { startOf, wireInstant } from './period';

export type View = 'chart' | 'table';

/** What the page shows, as its URL says it. `at` is a period's start; null follows the latest final chart. */
export interface Address {
  region: string;
  granularity: Granularity;
  at: string | null;
  view: View;
  /** An older revision of that period's chart; null shows the newest. */
  revision: number | null;
  /** Other counting rules to compare the chart with. */
  rules: string | null;
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const granularity = query.get('granularity') === 'day' ? 'day' : 'hour';
  const at = periodAt(granularity, query.get('at'));
  // Of the latest chart, another number would be meant an hour later.
  const revision = at === null ? null : revisionIn(query.get('revision'));
  return {
    region: (query.get('region') ?? '').trim().toUpperCase() || 'GLOBAL',
    granularity,
    at,
    view: query.get('view') === 'table' ? 'table' : 'chart',
    revision,
    // Rules are compared with the newest revision alone.
    rules: revision === null ? query.get('rules')?.trim() || null : null,
  };
}

/** The search part of the URL, with its question mark. Colons stay readable: they need no escape there. */
export function writeAddress({ region, granularity, at, view, revision, rules }: Address): string {
  const query = new URLSearchParams({ region, granularity });
  if (at) query.set('at', at);
  if (view === 'table') query.set('view', view);
  if (at && revision) query.set('revision', String(revision));
  if (rules) query.set('rules', rules);
  return `?${query.toString().replaceAll('%3A', ':')}`;
}

/** Where a region's chart of that period is; null leads to the latest. */
export function chartOf(region: string, granularity: Granularity, at: string | null): string {
  return `/${writeAddress({ region, granularity, at, view: 'chart', revision: null, rules: null })}`;
}

/** The page of a song: its first line is that of the region in which it was found. */
export function songPath(song: string, region: string, granularity: Granularity): string {
  const regions = region === 'GLOBAL' ? region : `${region},GLOBAL`;
  return `/song/${encodeURIComponent(song)}?regions=${regions}&granularity=${granularity}`;
}

/** Where a change leads: a revision belongs to one chart, and rules are compared with the newest one. */
export function moved(from: Address, change: Partial<Address>): Address {
  const elsewhere = 'region' in change || 'granularity' in change || 'at' in change || change.rules;
  const next = { ...from, ...(elsewhere && { revision: null }), ...change };
  return next.revision === null ? next : { ...next, rules: null };
}

function revisionIn(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** The start of the period that `at` lies in, as the URL and the API spell it. */
export function periodAt(granularity: Granularity, at: string | null): string | null {
  const instant = Date.parse(at ?? '');
  return Number.isNaN(instant) ? null : wireInstant(startOf(granularity, instant));
}
