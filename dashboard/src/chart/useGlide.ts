import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { STILL } from './useMedia';

interface Gliding {
  /** The selector of the rows that do; each says in `data-song` whose it is. */
  rows: string;
  /** What they are the order of: that of anything else is simply there. */
  of?: string;
  milliseconds: number;
}

/** Rows that change places glide to the new ones, unless the reader wants stillness. */
export function useGlide(
  table: RefObject<HTMLTableElement | null>,
  order: unknown,
  { rows: selector, of = '', milliseconds }: Gliding,
): void {
  const before = useRef<{ of: string; tops: Map<string, number> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order moves the rows, and nothing else does.
  useLayoutEffect(() => {
    if (before.current?.of !== of || window.matchMedia(STILL).matches) return;
    for (const row of rowsOf(table.current, selector)) {
      glide(row, before.current.tops.get(row.dataset.song ?? ''), milliseconds);
    }
  }, [table, order]);
  // Where they stand is asked for after the paint: before it, the first one would wait until the page is laid out for this alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    const rows = rowsOf(table.current, selector);
    before.current = { of, tops: new Map(rows.map((row) => [row.dataset.song ?? '', row.offsetTop])) };
  }, [table, order]);
}

function rowsOf(table: HTMLTableElement | null, selector: string): HTMLElement[] {
  return [...(table?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

function glide(row: HTMLElement, from: number | undefined, duration: number): void {
  if (from === undefined || from === row.offsetTop) return;
  row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: 'none' }], {
    duration,
    easing: 'cubic-bezier(.2,.7,.1,1)',
  });
}
