import { useCallback, useEffect, useRef, useState } from 'react';

export const RETRY_SECONDS = 10;

export interface Polled<T> {
  /** Null until the first answer. */
  answer: T | null;
  /** The last attempt failed; an answer from before it stays. */
  failed: boolean;
  /** It is being attempted again because somebody asked. */
  trying: boolean;
  retry(): void;
}

/**
 * What `read` answers, read again every `seconds` while the page is in sight, and at once when it comes back in sight
 * or online. `read` must keep its identity between renders; a new one starts afresh.
 */
export function usePolled<T>(read: (signal: AbortSignal) => Promise<T>, seconds: number): Polled<T> {
  const nothing = { read, answer: null as T | null, failed: false, trying: false };
  const [last, setLast] = useState(nothing);
  const readNow = useRef(() => {});
  useEffect(() => {
    let attempt = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readIfSeen = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      // An attempt that is overtaken must not bring its older answer after the newer one.
      attempt.abort();
      attempt = new AbortController();
      const { signal } = attempt;
      const settle = (answer: T | null, failed: boolean) => {
        if (signal.aborted) return;
        setLast((before) => ({
          read,
          answer: answer ?? (before.read === read ? before.answer : null),
          failed,
          trying: false,
        }));
        timer = setTimeout(readIfSeen, (failed ? RETRY_SECONDS : seconds) * 1000);
      };
      read(signal).then(
        (answer) => settle(answer, false),
        () => settle(null, true),
      );
    };
    readNow.current = readIfSeen;
    readIfSeen();
    document.addEventListener('visibilitychange', readIfSeen);
    window.addEventListener('online', readIfSeen);
    return () => {
      attempt.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', readIfSeen);
      window.removeEventListener('online', readIfSeen);
    };
  }, [read, seconds]);
  const { answer, failed, trying } = last.read === read ? last : nothing;
  const retry = useCallback(() => {
    setLast((before) => ({ ...before, trying: true }));
    readNow.current();
  }, []);
  return { answer, failed, trying, retry };
}
