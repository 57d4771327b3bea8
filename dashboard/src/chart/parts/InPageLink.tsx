import type { MouseEvent, ReactNode } from 'react';

interface Props {
  /** The search part of the URL that it leads to. */
  to: string;
  current?: boolean;
  onFollow(): void;
  children: ReactNode;
}

/** A link that can be copied and opened in another tab, and that a plain click follows without loading the page. */
export function InPageLink({ to, current = false, onFollow, children }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onFollow();
  };
  return (
    <a href={to} aria-current={current ? 'true' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
