import { useMemo, useSyncExternalStore } from 'react';
import { DARK } from './useMedia';

const NAMES = ['paper', 'ink', 'rule', 'bar', 'bar-end', 'casing'] as const;
export type Colours = Record<(typeof NAMES)[number], string>;

/** The tokens a canvas draws with, as the theme in force resolves them. */
export function useColours(): Colours {
  const resolved = useSyncExternalStore(subscribe, read);
  return useMemo(() => {
    const values = resolved.split('|');
    return Object.fromEntries(NAMES.map((name, i) => [name, values[i]])) as Colours;
  }, [resolved]);
}

function read(): string {
  const style = getComputedStyle(document.documentElement);
  return NAMES.map((name) => style.getPropertyValue(`--${name}`).trim()).join('|');
}

function subscribe(changed: () => void): () => void {
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = window.matchMedia(DARK);
  system.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    system.removeEventListener('change', changed);
  };
}
