import type { ReactNode } from 'react';
import { ABSENT, type Maybe } from '../../api/client';
import { TryAgain } from '../../chart/parts/TryAgain';
import type { Polled } from '../../chart/usePolled';
import { useWaiting } from '../../chart/useWaiting';

interface Props<T> {
  id: string;
  head: string;
  /** Beside the head. */
  aside?: ReactNode;
  /** What loads, as a subject: "The flags". */
  what: string;
  reading: Polled<Maybe<T>>;
  /** What to say when the answer has nothing in it, or null where it has. */
  empty(answer: T): string | null;
  /** What to say, in place of leaving the part out, where the service does not know it. */
  absent?: string;
  children(answer: T): ReactNode;
}

/** A part of the page in its four states, in silence: the page's head speaks for all of them. */
export function Section<T>({ id, head, aside, what, reading, empty, absent, children }: Props<T>) {
  const { answer, failed, trying, retry } = reading;
  const waiting = useWaiting(head, answer !== null || failed);
  if (answer === ABSENT && absent === undefined) return null;
  const known = answer === ABSENT ? null : answer;
  const nothing = answer === ABSENT ? absent : answer === null ? null : empty(answer);
  return (
    <section
      className={`sheet-section ${id}${answer === null && !failed ? ' loading' : ''}`}
      aria-labelledby={`${id}-head`}
    >
      <div className="section-head">
        <h2 id={`${id}-head`} tabIndex={-1}>
          {head}
        </h2>
        {aside}
      </div>
      {(waiting === 'loading' || waiting === 'long') && (
        <p className="section-note breathing-note">Loading {what.toLowerCase()}…</p>
      )}
      {failed && (
        <div className="failed-note section-failed">
          <p>
            {answer === null
              ? `${what} did not load. Nothing is lost: only this page could not read it.`
              : `${what} could not be read again. This is how it was.`}
          </p>
          <TryAgain trying={trying} onTry={retry} />
        </div>
      )}
      {nothing && <p className="section-note">{nothing}</p>}
      {known !== null && !nothing && children(known)}
    </section>
  );
}

/** A wide table scrolls inside its own region, which the keyboard can reach. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      className="table-scroll"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      {children}
    </section>
  );
}
