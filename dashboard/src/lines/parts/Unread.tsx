import { failureNotice, type Page } from '../../chart/notice';
import { TryAgain } from '../../chart/parts/TryAgain';
import { useOnline } from '../../chart/useOnline';
import type { Polled } from '../../chart/usePolled';

interface Props {
  what: Page;
  reading: Pick<Polled<unknown>, 'failure' | 'trying' | 'retry'>;
  /** It was read before, and is shown as it was then. */
  shown: boolean;
}

/** Why there is nothing, or nothing newer, and a way to ask again. */
export function Unread({ what, reading: { failure, trying, retry }, shown }: Props) {
  const online = useOnline();
  if (failure === null) return null;
  const { title, text, reference } = failureNotice(failure, online, what);
  return (
    <div className="failed-note unread" role="alert">
      <p>
        <strong>{shown && online ? 'Not refreshed.' : `${title}.`}</strong>{' '}
        {shown ? 'This is how it was.' : text} {reference && <code>{reference}</code>}
      </p>
      <TryAgain trying={trying} onTry={retry} />
    </div>
  );
}
