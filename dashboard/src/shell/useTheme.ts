import { useEffect, useState } from 'react';
import { DARK, useMedia } from '../chart/useMedia';

const KEY = 'top-songs.theme';
type Theme = 'light' | 'dark';
/** As in tokens.css. */
const PAPER: Record<Theme, string> = { light: '#f5f6f3', dark: '#12130e' };

/** The theme in force, and a switch to the other one. Choosing what the system says is following the system again. */
export function useTheme(): [Theme, () => void] {
  const system: Theme = useMedia(DARK) ? 'dark' : 'light';
  const [chosen, setChosen] = useState(() => document.documentElement.dataset.theme as Theme | undefined);
  const theme = chosen ?? system;
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    paintBrowser(chosen);
    remember(chosen);
  }, [chosen]);
  const other = theme === 'dark' ? 'light' : 'dark';
  return [theme, () => setChosen(other === system ? undefined : other)];
}

/** What the browser draws around the page, which otherwise follows the system. */
function paintBrowser(chosen: Theme | undefined): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = PAPER[chosen ?? (meta.media.includes('dark') ? 'dark' : 'light')];
  }
}

function remember(chosen: Theme | undefined): void {
  try {
    if (chosen) localStorage.setItem(KEY, chosen);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
