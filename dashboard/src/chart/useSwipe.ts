import { useEffect, useRef } from 'react';

interface Touched {
  x: number;
  y: number;
  /** In milliseconds. */
  at: number;
}

const FAR = 60;
const QUICK_MS = 700;
/** From here the phone itself is swiped: back to the page before. */
const EDGE = 24;
/** What a finger moves by itself, or reads from. */
const OWN = 'input, select, textarea, dialog, .popover, .race-canvas';

/** Quick, far, and much more along than up or down: to the left is on, to the right is back. Null is none. */
export function swipeOf(from: Touched, to: Touched, width: number): 'previous' | 'next' | null {
  const [along, across] = [to.x - from.x, Math.abs(to.y - from.y)];
  const fromEdge = from.x < EDGE || from.x > width - EDGE;
  if (fromEdge || to.at - from.at > QUICK_MS || Math.abs(along) < FAR || across > Math.abs(along) / 2)
    return null;
  return along > 0 ? 'previous' : 'next';
}

/** A swipe over the page's content with one finger, where nothing scrolls sideways under it. */
export function useSwipe(actions: Record<'previous' | 'next', () => unknown>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const main = document.getElementById('main');
    const begin = (event: TouchEvent) => {
      const { target } = event;
      const [touch] = event.touches;
      const alone = event.touches.length === 1 && (window.visualViewport?.scale ?? 1) === 1;
      if (!target || !touch || !alone || isTaken(target)) return;
      const from = touched(touch, event);
      const settled = new AbortController();
      const end = (ended: TouchEvent) => {
        settled.abort();
        const [last] = ended.changedTouches;
        const swipe = last && swipeOf(from, touched(last, ended), window.innerWidth);
        if (swipe && ended.touches.length === 0) latest.current[swipe]();
      };
      // At what was touched: an answer that comes meanwhile may take it off the page, and its end would be heard nowhere else.
      const { signal } = settled;
      target.addEventListener('touchend', end as EventListener, { passive: true, signal });
      target.addEventListener('touchcancel', () => settled.abort(), { passive: true, signal });
    };
    main?.addEventListener('touchstart', begin, { passive: true });
    return () => main?.removeEventListener('touchstart', begin);
  }, []);
}

function touched({ clientX, clientY }: Touch, { timeStamp }: TouchEvent): Touched {
  return { x: clientX, y: clientY, at: timeStamp };
}

function isTaken(target: EventTarget): boolean {
  if (!(target instanceof Element) || target.closest(OWN)) return true;
  for (
    let element: Element | null = target;
    element && element.id !== 'main';
    element = element.parentElement
  ) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth) return true;
  }
  return false;
}
