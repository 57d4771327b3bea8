import type { ReactNode } from 'react';
import { ABSENT, type Maybe } from '../../api/client';
import type { Polled } from '../../chart/usePolled';

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
  className?: string;
  children(answer: T): ReactNode;
}

/** A part of the page in its four states. One that the service does not know is not there. */
export function Section<T>({ id, head, aside, what, reading, empty, className, children }: Props<T>) {
  const { answer, failed, retry } = reading;
  if (answer === ABSENT) return null;
  const nothing = answer === null ? null : empty(answer);
  return (
    <section className={`sheet-section ${className ?? id}`} aria-labelledby={`${id}-head`}>
      <div className="section-head">
        <h2 id={`${id}-head`}>{head}</h2>
        {aside}
      </div>
      {answer === null && !failed && (
        <p className="section-note breathing-note" role="status">
          Loading {what.toLowerCase()}…
        </p>
      )}
      {failed && (
        <div className="section-note failed-note" role="alert">
          <p>
            {answer === null
              ? `${what} did not load. Nothing is lost: only this page could not read it.`
              : `${what} could not be read again. This is how it was.`}
          </p>
          <button type="button" className="button" onClick={retry}>
            Try again
          </button>
        </div>
      )}
      {nothing !== null && <p className="section-note">{nothing}</p>}
      {answer !== null && nothing === null && children(answer)}
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
