import { useEffect, useState } from 'react';

/**
 * What `read` answers, read again every `seconds` while the page is in sight, and at once when it comes back in sight
 * or online. `read` must keep its identity between renders; a new one starts afresh. A failed read keeps the last answer.
 */
export function usePolled<T>(read: (signal: AbortSignal) => Promise<T>, seconds: number): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    const keep = (value: T) => !gone.signal.aborted && setAnswer(() => value);
    const readNow = () => !document.hidden && read(gone.signal).then(keep, () => undefined);
    readNow();
    const timer = setInterval(readNow, seconds * 1000);
    document.addEventListener('visibilitychange', readNow);
    window.addEventListener('online', readNow);
    return () => {
      gone.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', readNow);
      window.removeEventListener('online', readNow);
    };
  }, [read, seconds]);
  return answer;
}
