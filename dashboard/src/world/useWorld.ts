import { useCallback, useState } from 'react';
import { fetchWorld, type ServiceFailure } from '../api/client';
import type { Granularity, World } from '../api/types';
import { keepLastGood, lastGood } from '../chart/lastGood';
import { LIVE_SECONDS, type Live, useLive } from '../chart/useLive';
import { usePolled } from '../chart/usePolled';
import { useWaiting, type Waiting } from '../chart/useWaiting';

const KEPT = 'top-songs.last-good-world';

export interface WorldReading {
  /** Nothing has come back yet for this address. */
  waiting: Waiting;
  /** The world of this address, also while a later refresh of it fails. */
  world: World | null;
  failure: ServiceFailure | null;
  /** What stood here before, for the moments until this address's own comes. */
  previous: World | null;
  /** The best to show, dimmed, where there is none of this address. */
  lastGood: World | null;
  /** The service tells what changes. */
  live: Live;
  retry(): void;
}

interface Answer {
  world: World | null;
  /** The latest, where there is none of the period that was asked for. */
  nearest: World | null;
}

/** Reads the world, and reads it again: when the service tells of a change, or else often while it may change. */
export function useWorld(granularity: Granularity, at: string | null): WorldReading {
  const read = useCallback(
    async (signal: AbortSignal): Promise<Answer> => {
      const world = await fetchWorld(granularity, at, signal);
      if (world) keepLastGood(KEPT, world);
      return { world, nearest: world || !at ? null : await fetchWorld(granularity, null, signal) };
    },
    [granularity, at],
  );
  const live = useLive(null, granularity, at);
  const { answer, failure, retry } = usePolled(
    read,
    ({ world }) => (live.open || (world?.status === 'final' && at) ? LIVE_SECONDS : 15),
    live.charts,
  );
  const world = answer?.world ?? null;
  const [previous, setPrevious] = useState<World | null>(null);
  if (world !== null && world !== previous) setPrevious(world);
  const waiting = useWaiting(`${granularity}/${at}`, answer !== null || failure !== null);
  return {
    waiting,
    world,
    failure,
    previous,
    lastGood: answer?.nearest ?? previous ?? lastGood(KEPT),
    live,
    retry,
  };
}
