import type { ReactNode } from 'react';

interface Props {
  id: string;
  head: string;
  /** Beside the head. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a page under its own head. */
export function Panel({ id, head, aside, children }: Props) {
  return (
    <section className={`panel ${id}`} aria-labelledby={`${id}-head`}>
      <div className="panel-head">
        <h2 id={`${id}-head`} tabIndex={-1}>
          {head}
        </h2>
        {aside && <small>{aside}</small>}
      </div>
      {children}
    </section>
  );
}
