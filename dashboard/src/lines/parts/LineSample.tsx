import type { Stroke } from '../strokes';

/** A piece of a line, as it is drawn. */
export function LineSample({ stroke }: { stroke: Stroke | 'plain' }) {
  return (
    <svg className={`line-sample ${stroke}`} viewBox="0 0 34 12" width="34" height="12" aria-hidden="true">
      <path className="under" d="M2 6h30" />
      <path className="over" d="M2 6h30" />
      {stroke === 'discs' && <circle cx="17" cy="6" r="3.5" />}
      {stroke === 'squares' && <path className="square" d="M13.5 2.5h7v7h-7z" />}
    </svg>
  );
}
