import { useLayoutEffect, useRef } from 'react';

interface Props {
  trying: boolean;
  onTry(): void;
  className?: string;
}

/**
 * Stays, and keeps the focus, until the answer comes; then it gives the focus to the heading of the part that it was in, or
 * to the page's where that part goes with it.
 */
export function TryAgain({ trying, onTry, className = 'button' }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (!element || element !== document.activeElement) return;
      const part = element.closest('section, dialog, [role="dialog"]');
      // What comes in its place is there only when all of it is, and may have taken the focus for something better.
      queueMicrotask(() => {
        if (document.activeElement !== document.body) return;
        focusHeading(part?.isConnected ? part : document.getElementById('main'));
      });
    };
  }, []);
  return (
    <button type="button" className={className} ref={button} onClick={onTry} aria-disabled={trying}>
      {trying ? 'Trying again…' : 'Try again'}
    </button>
  );
}

function focusHeading(part: Element | null): void {
  const heading = part?.querySelector<HTMLElement>('h1, h2, h3');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}
