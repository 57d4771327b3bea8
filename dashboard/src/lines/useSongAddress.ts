import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { readSongAddress, type SongAddress, writeSongAddress } from './songAddress';

/** The URL as the page's only state. What is drawn can be tried out one after the other: it is all one step in the history. */
export function useSongAddress(): [SongAddress, (change: Partial<SongAddress>) => void] {
  const [moves, setMoves] = useState(0);
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: replacing the URL tells nobody but this page.
  const address = useMemo(() => readSongAddress(window.location.pathname, search), [search, moves]);
  const go = useCallback((change: Partial<SongAddress>) => {
    const { pathname, search: now } = window.location;
    window.history.replaceState(null, '', writeSongAddress({ ...readSongAddress(pathname, now), ...change }));
    setMoves((before) => before + 1);
  }, []);
  return [address, go];
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  return () => window.removeEventListener('popstate', changed);
}
