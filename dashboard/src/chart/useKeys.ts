import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';

const KEY = 'top-songs.keys-off';

/** What was chosen here; without storage it lasts as long as the page. */
let chosen: boolean | null = null;
const watchers = new Set<() => void>();

type Action = (event: KeyboardEvent) => unknown;

/**
 * Single keys that act on the page, unless they are switched off or typed into a field. An action leaves a key alone by
 * `false`. Parts of a page may each have their own: they are switched off together.
 */
export function useKeys(actions: Record<string, Action>): [on: boolean, turn: (on: boolean) => void] {
  const on = useSyncExternalStore(watch, isOn);
  const latest = useRef(actions);
  // Before anybody sees what the keys act on: who is quick would press what is no longer there.
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isField(event.target))
        return;
      const action = latest.current[event.key.toLowerCase()];
      if (!action || (!on && event.key !== '?')) return;
      if (action(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
  return [on, turn];
}

/** Of Space: what has the focus does something with it by itself. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, summary, [tabindex="0"]') !== null;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      // Nothing is typed into a slider or a box.
      'input:not([type=range], [type=checkbox]), textarea, select, dialog, [contenteditable]',
    ) !== null
  );
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function isOn(): boolean {
  return chosen ?? !isOff();
}

function turn(on: boolean): void {
  chosen = on;
  remember(on);
  for (const changed of watchers) changed();
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
