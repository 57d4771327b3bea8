import type { ChartChange, Granularity } from './types';

export interface Listener {
  /** The stream is open; `again` when it was open before, and something may have been missed meanwhile. */
  opened(again: boolean): void;
  /** The stream broke off or could not be had. It is tried again without being asked. */
  lost(): void;
  chart(change: ChartChange): void;
  /** The state of the pipeline may have changed. */
  status(): void;
  /** The service no longer knows what was missed. */
  resync(): void;
}

/** A browser gives up for good where the service refuses the stream; a service that has it now may be there later. */
const OPEN_AGAIN_SECONDS = 60;

/**
 * Listens to the changes of one region's charts, or of every region's.
 * @returns what ends it
 */
export function listen(region: string | null, granularity: Granularity, listener: Listener): () => void {
  const query = new URLSearchParams({ ...(region && { region }), granularity });
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before = false;
  const open = () => {
    source = new EventSource(`/v1/live?${query}`);
    source.onopen = () => {
      listener.opened(before);
      before = true;
    };
    source.onerror = () => {
      listener.lost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, OPEN_AGAIN_SECONDS * 1000);
    };
    source.addEventListener('chart', ({ data }) => listener.chart(JSON.parse(data)));
    source.addEventListener('status', listener.status);
    source.addEventListener('resync', listener.resync);
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
