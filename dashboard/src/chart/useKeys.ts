import { useEffect, useRef, useState } from 'react';

const KEY = 'top-songs.keys-off';

/** Single keys that act on the page, unless they are switched off or typed into a field. An action leaves a key alone by `false`. */
export function useKeys(actions: Record<string, () => unknown>): [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(() => !isOff());
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isField(event.target))
        return;
      const action = latest.current[event.key.toLowerCase()];
      if (!action || (!on && event.key !== '?')) return;
      if (action() !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
  return [
    on,
    (wanted) => {
      setOn(wanted);
      remember(wanted);
    },
  ];
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null
  );
}

function isOff(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
