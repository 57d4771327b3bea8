import { Icon } from './Icon';

export type Chip = 'provisional' | 'final' | 'held' | 'revised';

const NAMES = { provisional: 'Provisional', final: 'Final', held: 'Held', revised: 'Revised' } as const;

/** How settled a chart is. It is spoken when it changes only where it is live: one to a page, in its head. */
export function StatusChip({ chip, live = false }: { chip: Chip; live?: boolean }) {
  return (
    <span className={`chip ${chip}`} role={live ? 'status' : undefined}>
      {chip === 'provisional' ? (
        <HalfDisc />
      ) : (
        <Icon name={({ final: 'check', held: 'cross', revised: 'loop' } as const)[chip]} />
      )}
      {NAMES[chip]}
    </span>
  );
}

function HalfDisc() {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M8 3a5 5 0 0 0 0 10z" fill="currentColor" />
    </svg>
  );
}
