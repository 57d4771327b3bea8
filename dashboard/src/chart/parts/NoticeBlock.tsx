import { useState } from 'react';
import { type Notice, type Shown, seeWords } from '../notice';
import { periodWords } from '../period';
import { RETRY_SECONDS } from '../usePolled';
import { TryAgain } from './TryAgain';

interface Props<T> {
  notice: Notice;
  /** What is shown dimmed under the notice, if there is anything. */
  last: T | null;
  onSeeLast(last: T): void;
  onPickRegion(): void;
  onTryAgain(): void;
}

export function NoticeBlock<T extends Shown>({
  notice,
  last,
  onSeeLast,
  onPickRegion,
  onTryAgain,
}: Props<T>) {
  const [triedAfter, setTriedAfter] = useState<number | null>(null);
  const trying = notice.failedAt !== undefined && triedAfter === notice.failedAt;
  const tryAgain = () => {
    setTriedAfter(notice.failedAt ?? null);
    onTryAgain();
  };
  const seeLast = last && notice.action !== 'pick-region';
  return (
    <section className={`notice ${notice.tone}`} aria-labelledby="notice-title">
      <span className="numeral" aria-hidden="true">
        1
      </span>
      <div className="notice-body" role={notice.tone === 'alert' ? 'alert' : 'status'}>
        <h2 id="notice-title">{notice.title}</h2>
        <p>{notice.text}</p>
        <div className="notice-actions">
          {notice.action === 'try-again' && (
            <TryAgain className="button solid" trying={trying} onTry={tryAgain} />
          )}
          {notice.action === 'pick-region' && (
            <button type="button" className="button solid" onClick={onPickRegion}>
              Choose a region
            </button>
          )}
          {seeLast && (
            <button
              type="button"
              className={`button${notice.action === 'see-last' ? ' solid' : ''}`}
              onClick={() => onSeeLast(last)}
            >
              {seeWords(last)}
            </button>
          )}
          {notice.action === 'try-again' && (
            <small>
              Tries by itself every {RETRY_SECONDS} seconds.{' '}
              {notice.reference && <code>{notice.reference}</code>}
            </small>
          )}
        </div>
        {last && <small className="dimmed-label">{dimmedWords(last)}</small>}
      </div>
    </section>
  );
}

function dimmedWords(last: Shown): string {
  const period = periodWords(last.granularity, Date.parse(last.period_start));
  return `Dimmed below, as it was last read: ${last.region_name}, ${period} UTC.`;
}
