import type { Sorting } from '../columns';

interface Props {
  /** What it sorts by. */
  by: string;
  sorting: Sorting;
  descendingFirst?: boolean;
  className?: string;
  onSort(sorting: Sorting): void;
  children: string;
}

/** The head of a column by which a table can be sorted; again is the other way round. */
export function SortableHead({
  by,
  sorting,
  descendingFirst = false,
  className = '',
  onSort,
  children,
}: Props) {
  const sorted = sorting.key !== by ? 'none' : sorting.descending ? 'descending' : 'ascending';
  const descending = sorted === 'none' ? descendingFirst : !sorting.descending;
  return (
    <th scope="col" className={className} aria-sort={sorted}>
      <button type="button" onClick={() => onSort({ key: by, descending })}>
        {children}
        <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
          <path d={sorted === 'ascending' ? 'M4 1 8 7H0z' : 'M4 7 0 1h8z'} fill="currentColor" />
        </svg>
      </button>
    </th>
  );
}
