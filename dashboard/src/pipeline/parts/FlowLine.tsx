import { linePaths } from '../flow';

/** What passed in the last steps, from zero. What it shows stands beside it in words. */
export function FlowLine({ plays }: { plays: number[] }) {
  const { line, area, last } = linePaths(plays);
  return (
    <svg className="flow-line" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path className="area" d={area} />
      <path className="line" d={line} />
      <path className="last" d={last} />
    </svg>
  );
}
