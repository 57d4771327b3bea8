import { type RefObject, useLayoutEffect, useRef } from 'react';

/** For what takes itself away when it is used: says which of the elements inside gets the focus when that is done. */
export function useFocusNext(
  inside: RefObject<HTMLElement | null>,
  selector: string,
): (which: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    inside.current?.querySelectorAll<HTMLElement>(selector)[wanted.current]?.focus();
    wanted.current = null;
  });
  return (which) => {
    wanted.current = which;
  };
}
