import { useState } from 'react';
import { readAddress } from '../chart/address';

/** The region that the URL names. Picking another is no step of the browser's history: arrow keys pick one after the other. */
export function useRegion(): [region: string, pick: (region: string) => void] {
  const [region, setRegion] = useState(() => readAddress(window.location.search).region);
  const pick = (picked: string) => {
    setRegion(picked);
    const search = picked === 'GLOBAL' ? '' : `?region=${picked}`;
    window.history.replaceState(null, '', `${window.location.pathname}${search}`);
  };
  return [region, pick];
}
