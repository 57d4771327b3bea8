import { useCallback, useSyncExternalStore } from 'react';

/** The widths and wishes that change what is drawn, not only how it is laid out. */
export const PHONE = '(max-width: 599.98px)';
export const STILL = '(prefers-reduced-motion: reduce)';
export const DARK = '(prefers-color-scheme: dark)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
