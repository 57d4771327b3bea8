import type { Chart, ChartPeriod, Granularity, PipelineStatus, Region } from './types';

const TIMEOUT_SECONDS = 10;

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

/**
 * The ten best of the period that holds `at`, or of the latest final one.
 * @returns null when the service knows no such chart
 */
export async function fetchChart(
  region: string,
  granularity: Granularity,
  at: string | null,
  signal: AbortSignal,
): Promise<Chart | null> {
  try {
    return await getJson<Chart>(chartPath(region, granularity, at), signal);
  } catch (failure) {
    if (failure instanceof ServiceFailure && failure.status === 404) return null;
    throw failure;
  }
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

/** The same chart as comma-separated values. */
export async function fetchChartCsv(region: string, granularity: Granularity, at: string): Promise<Blob> {
  const response = await get(chartPath(region, granularity, at), 'text/csv', new AbortController().signal);
  return response.blob();
}

function chartPath(region: string, granularity: Granularity, at: string | null): string {
  const query = new URLSearchParams({ ...(at && { at }), limit: '10' });
  return `/v1/charts/${encodeURIComponent(region)}/${granularity}?${query}`;
}

async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await get(path, 'application/json', signal);
  try {
    return (await response.json()) as T;
  } catch {
    signal.throwIfAborted();
    throw new ServiceFailure('unreachable', `GET ${path}, not JSON`);
  }
}

async function get(path: string, accept: string, signal: AbortSignal): Promise<Response> {
  const reference = `GET ${decodeURIComponent(path)}`;
  const patience = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  let response: Response;
  try {
    // 'no-cache' still sends the ETag of what the browser holds, so an unchanged chart costs a 304.
    response = await fetch(path, {
      headers: { Accept: accept },
      cache: 'no-cache',
      signal: AbortSignal.any([signal, patience]),
    });
  } catch {
    signal.throwIfAborted();
    throw new ServiceFailure(patience.aborted ? 'silent' : 'unreachable', reference);
  }
  if (!response.ok) throw new ServiceFailure('refused', `${reference}, ${response.status}`, response.status);
  return response;
}
