import { useCallback, useEffect, useState } from 'react';
import { ServiceFailure } from '../api/client';

export interface Asked<T> {
  /** Null until it comes. */
  answer: T | null;
  /** Why it did not come; it stays while it is asked for again. */
  failure: ServiceFailure | null;
  trying: boolean;
  retry(): void;
}

/** What `read` answers, asked once: for questions that cost the service a look into the lake. A new `read` asks anew. */
export function useAnswer<T>(read: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [attempt, setAttempt] = useState(0);
  const nothing = { read, attempt, answer: null as T | null, failure: null as ServiceFailure | null };
  const [last, setLast] = useState(nothing);
  useEffect(() => {
    const gone = new AbortController();
    const settle = (answer: T | null, failure: ServiceFailure | null) =>
      !gone.signal.aborted && setLast({ read, attempt, answer, failure });
    read(gone.signal).then(
      (answer) => settle(answer, null),
      (failure: unknown) =>
        settle(null, failure instanceof ServiceFailure ? failure : new ServiceFailure('unreachable', '')),
    );
    return () => gone.abort();
  }, [read, attempt]);
  const { answer, failure } = last.read === read ? last : nothing;
  const trying = failure !== null && last.attempt !== attempt;
  return { answer, failure, trying, retry: useCallback(() => setAttempt((before) => before + 1), []) };
}
