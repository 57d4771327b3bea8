import { ABSENT, type Maybe } from '../../api/client';
import type { Chart, Revision } from '../../api/types';
import type { Address } from '../address';
import { olderWords } from '../revisions';

interface Props {
  /** The revision in the URL. */
  asked: number | null;
  chart: Chart | null;
  revisions: Maybe<Revision[]> | null;
  go(change: Partial<Address>): void;
}

/** Says plainly that the chart below is not the newest, and leads back. */
export function OlderBanner({ asked, chart, revisions, go }: Props) {
  const newest = revisions === null || revisions === ABSENT ? null : (revisions[0]?.revision ?? null);
  const words = chart && olderWords(asked, chart.revision, newest);
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
