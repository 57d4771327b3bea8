/** What index.html asked before this program was there. */
interface FirstQuestion {
  path: string;
  answer: Promise<Response>;
  ending: AbortController;
}

declare global {
  interface Window {
    firstQuestion?: FirstQuestion;
  }
}

/** The answer to this question if it was the page's first; once, since it grows old. */
export function takeFirstAnswer(path: string, accept: string, until: AbortSignal): Promise<Response> | null {
  const first = globalThis.window?.firstQuestion;
  if (first?.path !== path || accept !== 'application/json') return null;
  delete window.firstQuestion;
  until.addEventListener('abort', () => first.ending.abort(until.reason), { once: true });
  return first.answer;
}
