import { useState } from 'react';

/** The last answer there was, for the moments until the next one comes: rather that than an empty page. */
export function useLast<T>(answer: T | null): T | null {
  const [last, setLast] = useState(answer);
  if (answer !== null && answer !== last) setLast(answer);
  return answer ?? last;
}
