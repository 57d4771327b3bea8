import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchChart, ServiceFailure } from '../api/client';
import type { Chart, Granularity } from '../api/types';
import { keepLastGood, lastGood } from './lastGood';
import { rankChanges } from './movement';
import { wireInstant } from './period';
import { LIVE_SECONDS, type Live } from './useLive';
import { RETRY_SECONDS } from './usePolled';
import { useWaiting, type Waiting } from './useWaiting';

/** How the last attempt to read the chart at an address ended. */
type Outcome =
  | { kind: 'chart'; chart: Chart }
  | { kind: 'missing'; nearest: Chart | null }
  | { kind: 'failed'; failure: ServiceFailure };

export interface ChartReading {
  /** Nothing has come back yet for this address. */
  waiting: Waiting;
  /** The chart of this address, also while a later refresh of it fails. */
  chart: Chart | null;
  /** There is no chart at this address. */
  missing: boolean;
  failure: ServiceFailure | null;
  /** The chart that stood here before, for the moments until this address's own comes. */
  previous: Chart | null;
  /** The best chart to show, dimmed, where there is none of this address. */
  lastGood: Chart | null;
  /** When `chart` was last known to be current, in milliseconds. */
  readAt: number | null;
  /** What a new revision of a settled chart changed while the page was open, by what the page itself saw. */
  revised: string | null;
  retry(): void;
}

interface Reading {
  address: string;
  chart: Chart | null;
  /** The last chart that came, of whatever address. */
  last: Chart | null;
  readAt: number | null;
  revised: string | null;
  outcome: Outcome | null;
}

const NOTHING_READ: Reading = {
  address: '',
  chart: null,
  last: null,
  readAt: null,
  revised: null,
  outcome: null,
};

/**
 * Reads the chart, and reads it again: when the service tells of a change, or else often while it may change and seldom when
 * it is settled; soon after a failure.
 */
export function useChart(
  region: string,
  granularity: Granularity,
  at: string | null,
  revision: number | null,
  live: Live,
): ChartReading {
  const [reading, setReading] = useState(NOTHING_READ);
  const readNow = useRef(() => {});
  const told = useRef(false);
  useEffect(() => {
    told.current = live.open;
  }, [live.open]);
  const address = `${region}/${granularity}/${at}/${revision}`;
  const current = reading.address === address ? reading : null;
  const waiting = useWaiting(address, current !== null);

  useEffect(() => {
    let attempt = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readInTurn = async () => {
      // An attempt that is overtaken must not bring its older outcome after the newer one.
      attempt.abort();
      attempt = new AbortController();
      const { signal } = attempt;
      const outcome = await readChart(region, granularity, at, revision, signal);
      if (!outcome || signal.aborted) return;
      setReading((before) => after(before, address, outcome));
      clearTimeout(timer);
      timer = setTimeout(readIfSeen, secondsUntilNext(outcome, at, told.current) * 1000);
    };
    const readIfSeen = () => !document.hidden && void readInTurn();
    readNow.current = () => void readInTurn();
    readNow.current();
    document.addEventListener('visibilitychange', readIfSeen);
    window.addEventListener('online', readIfSeen);
    return () => {
      attempt.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', readIfSeen);
      window.removeEventListener('online', readIfSeen);
    };
  }, [region, granularity, at, revision, address]);

  useEffect(() => {
    if (live.charts > 0) readNow.current();
  }, [live.charts]);

  const outcome = current?.outcome;
  return {
    waiting,
    chart: current?.chart ?? null,
    missing: outcome?.kind === 'missing',
    failure: outcome?.kind === 'failed' ? outcome.failure : null,
    previous: reading.last,
    lastGood:
      (outcome?.kind === 'missing' && outcome.nearest) || reading.last || lastGood('top-songs.last-good'),
    readAt: current?.readAt ?? null,
    revised: current?.revised ?? null,
    retry: useCallback(() => readNow.current(), []),
  };
}

/** @returns null when the reader has gone elsewhere meanwhile */
async function readChart(
  region: string,
  granularity: Granularity,
  at: string | null,
  revision: number | null,
  signal: AbortSignal,
): Promise<Outcome | null> {
  try {
    // Before a region's first final chart, the latest one is that of the running period.
    const running = async () =>
      at ? null : fetchChart(region, granularity, wireInstant(Math.floor(Date.now() / 1000) * 1000), signal);
    const chart = (await fetchChart(region, granularity, at, signal, revision)) ?? (await running());
    if (chart && revision === null) keepLastGood('top-songs.last-good', chart);
    if (chart) return { kind: 'chart', chart };
    const nearest = revision === null ? null : await fetchChart(region, granularity, at, signal);
    return {
      kind: 'missing',
      nearest: nearest ?? (at ? await fetchChart(region, granularity, null, signal) : null),
    };
  } catch (failure) {
    return failure instanceof ServiceFailure ? { kind: 'failed', failure } : null;
  }
}

function after(before: Reading, address: string, outcome: Outcome): Reading {
  const same = before.address === address;
  if (outcome.kind === 'missing') return { ...NOTHING_READ, address, last: before.last, outcome };
  if (outcome.kind === 'failed') {
    return same ? { ...before, outcome } : { ...NOTHING_READ, address, last: before.last, outcome };
  }
  const { chart } = outcome;
  const changed = same && before.chart ? changeSeen(before.chart, chart) : null;
  const revised = changed ?? (same ? before.revised : null);
  return { address, chart, last: chart, readAt: Date.now(), revised, outcome };
}

function changeSeen(before: Chart, after: Chart): string | null {
  const settled = before.status === 'final' && after.status === 'final';
  const samePeriod = before.period_start === after.period_start;
  return settled && samePeriod && after.revision > before.revision ? rankChanges(before, after) : null;
}

function secondsUntilNext(outcome: Outcome, at: string | null, told: boolean): number {
  if (outcome.kind === 'failed') return RETRY_SECONDS;
  if (told) return LIVE_SECONDS;
  return outcome.kind === 'chart' && outcome.chart.status === 'final' && at ? 60 : 15;
}
