import { ABSENT } from '../../api/client';
import type { Chart } from '../../api/types';
import type { Address } from '../address';
import { olderWords } from '../revisions';
import type { RevisionsReading } from './RevisionsCard';

interface Props {
  /** The revision in the URL. */
  asked: number | null;
  chart: Chart | null;
  revisions: RevisionsReading;
  go(change: Partial<Address>): void;
}

/** Says plainly that the chart below is not the newest, and leads back. */
export function OlderBanner({ asked, chart, revisions: { answer, failed }, go }: Props) {
  const newest = answer === null || answer === ABSENT ? null : (answer[0]?.revision ?? null);
  // Until they are read, it may be the newest that was asked for by its number.
  const read = answer !== null || failed;
  const words = chart && read && olderWords(asked, chart.revision, newest);
  return (
    <div role="status">
      {words && (
        <p className="banner older">
          <span>
            {words}.{newest !== null && ' Its figures have been replaced since.'}
          </span>
          <button type="button" className="button" onClick={() => go({ revision: null })}>
            See the newest
          </button>
        </p>
      )}
    </div>
  );
}
