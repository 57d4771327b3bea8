import { useCallback, useMemo } from 'react';
import { goTo, useSearch } from '../chart/useAddress';
import { readWorldAddress, type WorldAddress, writeWorldAddress } from './address';

/** The URL as the page's only state: reading it, and going elsewhere as a new step in the browser's history. */
export function useWorldAddress(): [WorldAddress, (change: Partial<WorldAddress>) => void] {
  const search = useSearch();
  const address = useMemo(() => readWorldAddress(search), [search]);
  const go = useCallback(
    (change: Partial<WorldAddress>) =>
      goTo(writeWorldAddress({ ...readWorldAddress(window.location.search), ...change })),
    [],
  );
  return [address, go];
}
