import { takeFirstAnswer } from './first';
import type {
  Audit,
  BalanceRow,
  Chart,
  ChartPeriod,
  Flag,
  Granularity,
  PipelineStatus,
  Play,
  Race,
  RankPoint,
  Region,
  Revision,
  Rules,
  SongNow,
  SongPlay,
  Trace,
  WhatIf,
  World,
} from './types';

const TIMEOUT_SECONDS = 10;
/** What is counted anew from the lake takes longer than what is read. */
const COUNTING_SECONDS = 30;

/** Why the service's answer could not be had, and the reference a person can quote to whoever runs it. */
export class ServiceFailure extends Error {
  constructor(
    readonly kind: 'silent' | 'unreachable' | 'refused',
    readonly reference: string,
    readonly status: number | null = null,
    /** When it happened, in milliseconds. */
    readonly at = Date.now(),
  ) {
    super(`Cannot read ${reference}: ${kind}`);
  }
}

/** Regions that have charts, Global first. */
export async function fetchRegions(signal: AbortSignal): Promise<Region[]> {
  const answer = await getJson<{ regions: Region[] }>('/v1/regions', signal);
  return answer.regions;
}

/** What a service of the version before answers for a question that it does not know, by 404. */
export const ABSENT = 'absent';
export type Maybe<T> = T | typeof ABSENT;

/**
 * The ten best of the period that holds `at`, or of the latest final one; of an older `revision` if one is named.
 * @returns null when the service knows no such chart
 */
export async function fetchChart(
  region: string,
  granularity: Granularity,
  at: string | null,
  signal: AbortSignal,
  revision: number | null = null,
): Promise<Chart | null> {
  const chart = await getIfThere<Chart>(chartPath(region, granularity, at, revision), signal);
  return chart === ABSENT ? null : chart;
}

/**
 * Every region's number one in the period that holds `at`, or in the latest settled one.
 * @returns null when no region has a chart of it
 */
export async function fetchWorld(
  granularity: Granularity,
  at: string | null,
  signal: AbortSignal,
): Promise<World | null> {
  const query = at === null ? '' : `?${new URLSearchParams({ at })}`;
  const world = await getIfThere<World>(`/v1/world/${granularity}${query}`, signal);
  return world === ABSENT ? null : world;
}

/** The periods in the half-open range that have a chart, newest first. */
export async function fetchPeriods(
  region: string,
  granularity: Granularity,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<ChartPeriod[]> {
  const range = new URLSearchParams({ from, to });
  const path = `/v1/charts/${encodeURIComponent(region)}/${granularity}/periods?${range}`;
  const answer = await getJson<{ periods: ChartPeriod[] }>(path, signal);
  return answer.periods;
}

/** How far every stage of the pipeline has come. */
export function fetchStatus(signal: AbortSignal): Promise<PipelineStatus> {
  return getJson<PipelineStatus>('/v1/status', signal);
}

/** Every revision of a period's chart, newest first. */
export async function fetchRevisions(
  region: string,
  granularity: Granularity,
  at: string,
  signal: AbortSignal,
): Promise<Maybe<Revision[]>> {
  const path = `${placePath(region, granularity)}/revisions?${new URLSearchParams({ at })}`;
  const answer = await getIfThere<{ revisions: Revision[] }>(path, signal);
  return answer === ABSENT ? ABSENT : answer.revisions;
}

/** The versions of the counting rules. */
export function fetchRules(signal: AbortSignal): Promise<Maybe<Rules>> {
  return getIfThere<Rules>('/v1/rules', signal);
}

/** A period counted by the published rules and by others. */
export function fetchWhatIf(
  region: string,
  granularity: Granularity,
  at: string,
  rules: string,
  signal: AbortSignal,
): Promise<Maybe<WhatIf>> {
  const query = new URLSearchParams({ at, rules, limit: '10' });
  return getIfThere<WhatIf>(`${placePath(region, granularity)}/what-if?${query}`, signal, COUNTING_SECONDS);
}

/** Where a song's figure in a chart comes from. */
export function fetchTrace(
  region: string,
  granularity: Granularity,
  song: string,
  at: string,
  signal: AbortSignal,
): Promise<Maybe<Trace>> {
  const query = new URLSearchParams({ at });
  return getIfThere<Trace>(
    `${chartedSongPath(region, granularity, song)}/trace?${query}`,
    signal,
    COUNTING_SECONDS,
  );
}

/** The first hundred plays behind that figure, in the order they were played. */
export async function fetchPlays(
  region: string,
  granularity: Granularity,
  song: string,
  at: string,
  signal: AbortSignal,
): Promise<Maybe<SongPlay[]>> {
  const query = new URLSearchParams({ at, limit: '100' });
  const answer = await getIfThere<{ plays: SongPlay[] }>(
    `${chartedSongPath(region, granularity, song)}/plays?${query}`,
    signal,
    COUNTING_SECONDS,
  );
  return answer === ABSENT ? ABSENT : answer.plays;
}

/** One play, found by what its client called it and when it began. */
export function fetchPlay(eventId: string, playedAt: string, signal: AbortSignal): Promise<Maybe<Play>> {
  const query = new URLSearchParams({ played_at: playedAt });
  return getIfThere<Play>(`/v1/plays/${encodeURIComponent(eventId)}?${query}`, signal, COUNTING_SECONDS);
}

/** How many plays the service puts into one file. */
export const MOST_PLAYS = 1000;

/** The first of them, as many as the service gives, as comma-separated values. */
export async function fetchPlaysCsv(
  region: string,
  granularity: Granularity,
  song: string,
  at: string,
): Promise<Blob> {
  const query = new URLSearchParams({ at, limit: String(MOST_PLAYS) });
  const path = `${chartedSongPath(region, granularity, song)}/plays?${query}`;
  const response = await get(path, 'text/csv', new AbortController().signal, COUNTING_SECONDS);
  return response.blob();
}

/** The balance sheet of the hours in the half-open range, oldest first; absent where there is no such region. */
export async function fetchBalance(
  region: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Maybe<BalanceRow[]>> {
  const query = new URLSearchParams({ region, granularity: 'hour', from, to });
  const answer = await getIfThere<{ rows: BalanceRow[] }>(`/v1/balance?${query}`, signal);
  return answer === ABSENT ? ABSENT : answer.rows;
}

/** Whether every offset of Kafka is in the lake. */
export function fetchAudit(signal: AbortSignal): Promise<Maybe<Audit>> {
  return getIfThere<Audit>('/v1/audit', signal);
}

/** What looked wrong about the plays of these hours, newest first. */
export async function fetchFlags(from: string, to: string, signal: AbortSignal): Promise<Maybe<Flag[]>> {
  const answer = await getIfThere<{ flags: Flag[] }>(
    `/v1/flags?${new URLSearchParams({ from, to })}`,
    signal,
  );
  return answer === ABSENT ? ABSENT : answer.flags;
}

/** The same chart as comma-separated values. */
export async function fetchChartCsv(
  region: string,
  granularity: Granularity,
  at: string,
  revision: number | null,
): Promise<Blob> {
  const path = chartPath(region, granularity, at, revision);
  const response = await get(path, 'text/csv', new AbortController().signal);
  return response.blob();
}

function chartPath(
  region: string,
  granularity: Granularity,
  at: string | null,
  revision: number | null = null,
): string {
  const query = new URLSearchParams({
    ...(at && { at }),
    ...(revision && { revision: String(revision) }),
    limit: '10',
  });
  return `${placePath(region, granularity)}?${query}`;
}

function placePath(region: string, granularity: Granularity): string {
  return `/v1/charts/${encodeURIComponent(region)}/${granularity}`;
}

function chartedSongPath(region: string, granularity: Granularity, song: string): string {
  return `${placePath(region, granularity)}/songs/${encodeURIComponent(song)}`;
}

async function getIfThere<T>(
  path: string,
  signal: AbortSignal,
  seconds = TIMEOUT_SECONDS,
): Promise<Maybe<T>> {
  try {
    return await getJson<T>(path, signal, seconds);
  } catch (failure) {
    if (failure instanceof ServiceFailure && failure.status === 404) return ABSENT;
    throw failure;
  }
}

async function getJson<T>(path: string, signal: AbortSignal, seconds = TIMEOUT_SECONDS): Promise<T> {
  const response = await get(path, 'application/json', signal, seconds);
  try {
    return (await response.json()) as T;
  } catch {
    signal.throwIfAborted();
    throw new ServiceFailure('unreachable', `GET ${path}, not JSON`);
  }
}

async function get(
  path: string,
  accept: string,
  signal: AbortSignal,
  seconds = TIMEOUT_SECONDS,
): Promise<Response> {
  const reference = `GET ${decodeURIComponent(path)}`;
  const patience = AbortSignal.timeout(seconds * 1000);
  let response: Response;
  try {
    const until = AbortSignal.any([signal, patience]);
    // 'no-cache' still sends the ETag of what the browser holds, so an unchanged chart costs a 304.
    const request: RequestInit = { headers: { Accept: accept }, cache: 'no-cache', signal: until };
    response = await (takeFirstAnswer(path, accept, until) ?? fetch(path, request));
  } catch {
    signal.throwIfAborted();
    throw new ServiceFailure(patience.aborted ? 'silent' : 'unreachable', reference);
  }
  if (!response.ok) throw new ServiceFailure('refused', `${reference}, ${response.status}`, response.status);
  return response;
}

/** A song, and where it charts in the latest settled period; absent where nothing knows it. */
export function fetchSong(
  song: string,
  granularity: Granularity,
  signal: AbortSignal,
): Promise<Maybe<SongNow>> {
  const query = new URLSearchParams({ granularity });
  return getIfThere<SongNow>(`/v1/songs/${encodeURIComponent(song)}?${query}`, signal);
}

/** The periods of the half-open range in which the song was on that chart, oldest first; none where nothing knows it. */
export async function fetchHistory(
  song: string,
  region: string,
  granularity: Granularity,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<RankPoint[]> {
  const query = new URLSearchParams({ region, granularity, from, to });
  const path = `/v1/songs/${encodeURIComponent(song)}/history?${query}`;
  const answer = await getIfThere<{ points: RankPoint[] }>(path, signal);
  return answer === ABSENT ? [] : answer.points;
}

/** How many periods a race is over: a day's hours, a month's days. */
export const RACE_PERIODS: Record<Granularity, number> = { hour: 24, day: 30 };

/** The ten best of these periods, up to the period that holds `at` or the latest; absent where there is no such chart. */
export function fetchRace(
  region: string,
  granularity: Granularity,
  at: string | null,
  signal: AbortSignal,
): Promise<Maybe<Race>> {
  const query = new URLSearchParams({ ...(at && { at }), periods: String(RACE_PERIODS[granularity]) });
  return getIfThere<Race>(`${placePath(region, granularity)}/race?${query}`, signal);
}
