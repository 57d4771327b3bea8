import { useCallback, useEffect, useRef, useState } from 'react';
import { ServiceFailure } from '../api/client';

export const RETRY_SECONDS = 10;

export interface Polled<T> {
  /** Null until the first answer. */
  answer: T | null;
  /** The last attempt failed; an answer from before it stays. */
  failed: boolean;
  /** Why, and when. */
  failure: ServiceFailure | null;
  /** It is being attempted again because somebody asked. */
  trying: boolean;
  retry(): void;
}

type Pace<T> = number | ((answer: T) => number);

/**
 * What `read` answers, read again every `seconds` while the page is in sight, and at once when it comes back in sight
 * or online. `read` must keep its identity between renders; a new one starts afresh. `seconds` may depend on the answer
 * and on anything else: the latest hold, from the next answer on. It is read at once when `turn` counts on.
 */
export function usePolled<T>(
  read: (signal: AbortSignal) => Promise<T>,
  seconds: Pace<T>,
  turn = 0,
): Polled<T> {
  const nothing = { read, answer: null as T | null, failure: null as ServiceFailure | null, trying: false };
  const [last, setLast] = useState(nothing);
  const readNow = useRef(() => {});
  const pace = useRef(seconds);
  useEffect(() => {
    pace.current = seconds;
  }, [seconds]);
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
      const settle = (answer: T | null, failure: ServiceFailure | null) => {
        if (signal.aborted) return;
        setLast((before) => ({
          read,
          answer: answer ?? (before.read === read ? before.answer : null),
          failure,
          trying: false,
        }));
        timer = setTimeout(readIfSeen, secondsAfter(answer, pace.current) * 1000);
      };
      read(signal).then(
        (answer) => settle(answer, null),
        (failure: unknown) =>
          settle(null, failure instanceof ServiceFailure ? failure : new ServiceFailure('unreachable', '')),
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
  }, [read]);
  useEffect(() => {
    if (turn > 0) readNow.current();
  }, [turn]);
  const { answer, failure, trying } = last.read === read ? last : nothing;
  const retry = useCallback(() => {
    setLast((before) => ({ ...before, trying: true }));
    readNow.current();
  }, []);
  return { answer, failed: failure !== null, failure, trying, retry };
}

function secondsAfter<T>(answer: T | null, pace: Pace<T>): number {
  if (answer === null) return RETRY_SECONDS;
  return typeof pace === 'function' ? pace(answer) : pace;
}
