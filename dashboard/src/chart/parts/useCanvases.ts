import { useEffect, useState } from 'react';

type Canvases = typeof import('./canvases');

let loaded: Canvases | null = null;

/**
 * What draws the canvases; null until it has been loaded. Where it cannot be, the page does without: all that they draw
 * stands beside them in figures.
 */
export function useCanvases(): Canvases | null {
  const [canvases, setCanvases] = useState(loaded);
  useEffect(() => {
    if (canvases) return;
    import('./canvases').then(
      (all) => {
        loaded = all;
        setCanvases(all);
      },
      () => undefined,
    );
  }, [canvases]);
  return canvases;
}
