import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type Address, moved, readAddress, writeAddress } from './address';

const CHANGED = 'top-songs:address';

/** The URL as the page's only state: reading it, and going elsewhere as a new step in the browser's history. */
export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const search = useSearch();
  const address = useMemo(() => readAddress(search), [search]);
  const go = useCallback(
    (change: Partial<Address>) => goTo(writeAddress(moved(readAddress(window.location.search), change))),
    [],
  );
  return [address, go];
}

/** The search part of the URL. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

/** Another search part of the URL, on the same page. */
export function goTo(search: string): void {
  if (search === window.location.search) return;
  window.history.pushState(null, '', `${window.location.pathname}${search}`);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener('popstate', changed);
    window.removeEventListener(CHANGED, changed);
  };
}
