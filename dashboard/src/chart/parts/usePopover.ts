import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export interface PopoverHandle {
  open: boolean;
  /** The element that holds both the button and what it opens. */
  around: RefObject<HTMLDivElement | null>;
  toggle(): void;
  show(): void;
  /** Closes, and gives the focus back to the button. */
  close(): void;
}

/** Opened by a button; closed by Esc, by a click elsewhere, or by the focus leaving. */
export function usePopover(): PopoverHandle {
  const [open, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    around.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  }, []);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !around.current?.contains(event.target)) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => event.key === 'Escape' && close();
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    document.addEventListener('keydown', closeOnEscape);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      document.removeEventListener('keydown', closeOnEscape);
    };
  }, [open, close]);
  return {
    open,
    around,
    close,
    toggle: useCallback(() => setOpen((now) => !now), []),
    show: useCallback(() => setOpen(true), []),
  };
}
