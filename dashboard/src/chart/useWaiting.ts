import { useEffect, useState } from 'react';

/** 'briefly' is not worth a word, 'long' deserves an explanation. */
export type Waiting = 'no' | 'briefly' | 'loading' | 'long';

/** How long `what` has been waited for. */
export function useWaiting(what: string, arrived: boolean): Waiting {
  const [patience, setPatience] = useState<{ what: string; waiting: 'loading' | 'long' } | null>(null);
  useEffect(() => {
    if (arrived) return;
    const timers = [
      setTimeout(() => setPatience({ what, waiting: 'loading' }), 300),
      setTimeout(() => setPatience({ what, waiting: 'long' }), 5000),
    ];
    return () => {
      timers.forEach(clearTimeout);
      setPatience(null);
    };
  }, [what, arrived]);
  if (arrived) return 'no';
  return patience?.what === what ? patience.waiting : 'briefly';
}
