import { useLayoutEffect, useRef } from 'react';

interface Props {
  trying: boolean;
  onTry(): void;
  className?: string;
}

/** Stays, and keeps the focus, until the answer comes; then it gives the focus to the heading of the part that it was in. */
export function TryAgain({ trying, onTry, className = 'button' }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (element !== document.activeElement) return;
      element?.closest('section, dialog')?.querySelector<HTMLElement>('h2, h3')?.focus();
    };
  }, []);
  return (
    <button type="button" className={className} ref={button} onClick={onTry} aria-disabled={trying}>
      {trying ? 'Trying again…' : 'Try again'}
    </button>
  );
}
