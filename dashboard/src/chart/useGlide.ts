import { type RefObject, useLayoutEffect, useRef } from 'react';
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
    const rows = [...(table.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
    const tops = new Map(rows.map((row) => [row.dataset.song ?? '', row.offsetTop]));
    if (before.current?.of === of && !window.matchMedia(STILL).matches) {
      for (const row of rows) glide(row, before.current.tops.get(row.dataset.song ?? ''), milliseconds);
    }
    before.current = { of, tops };
  }, [table, order]);
}

function glide(row: HTMLElement, from: number | undefined, duration: number): void {
  if (from === undefined || from === row.offsetTop) return;
  row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: 'none' }], {
    duration,
    easing: 'cubic-bezier(.2,.7,.1,1)',
  });
}
