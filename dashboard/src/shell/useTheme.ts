import { useEffect, useState } from 'react';
import { DARK, useMedia } from '../chart/useMedia';

const KEY = 'top-songs.theme';
type Theme = 'light' | 'dark';

/** The theme in force, and a switch to the other one. Choosing what the system says is following the system again. */
export function useTheme(): [Theme, () => void] {
  const system: Theme = useMedia(DARK) ? 'dark' : 'light';
  const [chosen, setChosen] = useState(() => document.documentElement.dataset.theme as Theme | undefined);
  const theme = chosen ?? system;
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    remember(chosen);
  }, [chosen]);
  const other = theme === 'dark' ? 'light' : 'dark';
  return [theme, () => setChosen(other === system ? undefined : other)];
}

function remember(chosen: Theme | undefined): void {
  try {
    if (chosen) localStorage.setItem(KEY, chosen);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
