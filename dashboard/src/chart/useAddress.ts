import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type Address, moved, readAddress, writeAddress } from './address';

const CHANGED = 'top-songs:address';

/** The URL as the page's only state: reading it, and going elsewhere as a new step in the browser's history. */
export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const address = useMemo(() => readAddress(search), [search]);
  const go = useCallback((change: Partial<Address>) => {
    const next = writeAddress(moved(readAddress(window.location.search), change));
    if (next === window.location.search) return;
    window.history.pushState(null, '', next);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [address, go];
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener('popstate', changed);
    window.removeEventListener(CHANGED, changed);
  };
}
