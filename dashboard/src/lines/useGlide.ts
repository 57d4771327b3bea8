import { type RefObject, useLayoutEffect, useRef } from 'react';
import { STILL } from '../chart/useMedia';

/** Rows that change places glide to the new ones, unless the reader wants stillness. */
export function useGlide(
  table: RefObject<HTMLTableElement | null>,
  order: unknown,
  milliseconds: number,
): void {
  const before = useRef(new Map<string, number>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order moves the rows.
  useLayoutEffect(() => {
    const rows = [...(table.current?.querySelectorAll<HTMLElement>('tr[data-song]') ?? [])];
    const still = window.matchMedia(STILL).matches;
    const tops = new Map(rows.map((row) => [row.dataset.song ?? '', row.offsetTop]));
    for (const row of rows) {
      const from = before.current.get(row.dataset.song ?? '');
      if (still || from === undefined || from === row.offsetTop) continue;
      row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: 'none' }], {
        duration: milliseconds,
        easing: 'cubic-bezier(.2,.7,.1,1)',
      });
    }
    before.current = tops;
  }, [table, order]);
}
