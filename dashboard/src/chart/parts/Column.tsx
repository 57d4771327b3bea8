import type { ReactNode } from 'react';

/** The head of a table's column; that of figures stands to the right, above them. */
export function Column({ figure = false, children }: { figure?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={figure ? 'figure' : undefined}>
      {children}
    </th>
  );
}
