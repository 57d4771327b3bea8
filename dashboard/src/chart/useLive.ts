import { useEffect, useRef, useState } from 'react';
import { listen } from '../api/live';
import type { ChartChange, Granularity } from '../api/types';
import { endOf } from './period';

/** How often what the service would tell is asked for nevertheless: a stream can fall silent without breaking off. */
export const LIVE_SECONDS = 60;
/** All regions' charts of a period change together: they are one change to a page that shows them together. */
const TOGETHER_MS = 150;
/** While a month is charted anew, changes come by the hundred; and not all readers should ask in the same moment. */
const APART_MS = 3000;
const JITTER_MS = 2000;

export interface Live {
  /** The service tells what changes; until it does, pages ask. */
  open: boolean;
  /** Counts the times that what is shown should be read again. */
  charts: number;
  status: number;
}

/**
 * What the service tells of changes while the page is in sight: of one region, or of all. A change of `at` is one of what
 * is shown there, and so is one of the `periods` that end with it; of null, every change is.
 */
export function useLive(
  region: string | null,
  granularity: Granularity,
  at: string | null,
  periods = 1,
): Live {
  const [live, setLive] = useState<Live>({ open: false, charts: 0, status: 0 });
  const shown = useRef({ at, periods });
  useEffect(() => {
    shown.current = { at, periods };
  }, [at, periods]);
  useEffect(() => {
    let end = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = (what: 'charts' | 'status') => setLive((last) => ({ ...last, [what]: last[what] + 1 }));
    let next = 0;
    const readCharts = () => {
      if (timer) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          next = Date.now() + APART_MS + Math.random() * JITTER_MS;
          turn('charts');
        },
        Math.max(TOGETHER_MS, next - Date.now()),
      );
    };
    const readAll = () => {
      readCharts();
      turn('status');
    };
    const setOpen = (open: boolean) => setLive((last) => (last.open === open ? last : { ...last, open }));
    let open = false;
    const listener = {
      opened: (again: boolean) => {
        open = true;
        setOpen(true);
        if (again) readAll();
      },
      lost: () => {
        // Asking begins at once, and not when it would have been time while the service told.
        if (open) readAll();
        open = false;
        setOpen(false);
      },
      chart: (change: ChartChange) =>
        concerns(change, granularity, shown.current.at, shown.current.periods) && readCharts(),
      status: () => turn('status'),
      resync: readAll,
    };
    const listenIfSeen = () => {
      end();
      open = false;
      setOpen(false);
      if (!document.hidden) end = listen(region, granularity, listener);
    };
    listenIfSeen();
    document.addEventListener('visibilitychange', listenIfSeen);
    window.addEventListener('online', listenIfSeen);
    return () => {
      end();
      clearTimeout(timer);
      setOpen(false);
      document.removeEventListener('visibilitychange', listenIfSeen);
      window.removeEventListener('online', listenIfSeen);
    };
  }, [region, granularity]);
  return live;
}

/** A change of the periods that are shown, or of the one after the last, to which the page can then step. */
export function concerns(
  change: ChartChange,
  granularity: Granularity,
  at: string | null,
  periods = 1,
): boolean {
  if (at === null) return true;
  const [changed, next] = [Date.parse(change.period_start), endOf(granularity, Date.parse(at))];
  return changed <= next && changed >= next - periods * endOf(granularity, 0);
}
