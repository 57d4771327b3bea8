import { TryAgain } from '../../chart/parts/TryAgain';
import type { Polled } from '../../chart/usePolled';

interface Props {
  /** What could not be read, as a subject: "This race". */
  what: string;
  reading: Pick<Polled<unknown>, 'answer' | 'trying' | 'retry'>;
}

/** Why there is nothing, or nothing newer, and a way to ask again. */
export function Unread({ what, reading: { answer, trying, retry } }: Props) {
  return (
    <div className="unread" role="alert">
      <p>
        {answer === null
          ? `${what} did not load. Nothing is lost: the numbers are stored, only this page could not read them.`
          : `${what} could not be read again. This is how it was.`}
      </p>
      <TryAgain trying={trying} onTry={retry} />
    </div>
  );
}
