import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Chart } from '../../api/types';
import { STILL } from '../useMedia';

/** When a refresh changes the order, rows glide from where they were; another region or period is simply there. */
export function useRowsThatGlide(table: RefObject<HTMLTableElement | null>, chart: Chart): void {
  const before = useRef<{ of: string; tops: Map<string, number> } | null>(null);
  useLayoutEffect(() => {
    const of = `${chart.region}/${chart.granularity}/${chart.period_start}`;
    const rows = [...(table.current?.querySelectorAll<HTMLElement>('.row[data-song]:not(.one)') ?? [])];
    const tops = new Map(rows.map((row) => [row.dataset.song ?? '', row.offsetTop]));
    if (before.current?.of === of && !window.matchMedia(STILL).matches) {
      for (const row of rows) glide(row, before.current.tops.get(row.dataset.song ?? ''));
    }
    before.current = { of, tops };
  }, [table, chart]);
}

function glide(row: HTMLElement, from: number | undefined): void {
  if (from === undefined || from === row.offsetTop) return;
  row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: 'none' }], {
    duration: 420,
    easing: 'cubic-bezier(.2,.7,.1,1)',
  });
}
