import type { RefObject } from 'react';

interface Props {
  /** The service tells what changes. */
  live: boolean;
  /** The list of keys, where the page has keys of its own. */
  keyDialog?: RefObject<HTMLDialogElement | null>;
}

/** What holds for every page. */
export function PageFoot({ live, keyDialog }: Props) {
  return (
    <footer className="page-foot">
      <p>
        Every play is counted once. All times are UTC.
        {live && <span className="live"> Live: what changes shows at once.</span>}
      </p>
      {keyDialog && (
        <button type="button" className="link" onClick={() => keyDialog.current?.showModal()}>
          Keys <kbd>?</kbd>
        </button>
      )}
    </footer>
  );
}
