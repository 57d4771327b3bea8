const PATHS = {
  left: 'M10 3 5 8l5 5',
  right: 'm6 3 5 5-5 5',
  down: 'm2.5 5.5 5.5 5.5 5.5-5.5',
  check: 'm2.5 8.5 3.5 3.5 7.5-8',
  cross: 'm3.5 3.5 9 9m0-9-9 9',
  diamond: 'M8 2.5 13.5 8 8 13.5 2.5 8Z',
  bars: 'M2 4h12M2 8h9M2 12h5',
  grid: 'M2 2.5h12v11H2zM2 6.5h12M6.5 6.5v7',
  tiles: 'M2 2h4.5v4.5H2zM9.5 2H14v4.5H9.5zM2 9.5h4.5V14H2zM9.5 9.5H14V14H9.5z',
  columns: 'M2 2.5h4.5v11H2zM9.5 2.5H14v11H9.5z',
  share: 'M8 10V2m-3 3 3-3 3 3M3 8v6h10V8',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 .8v1.6m0 11.2v1.6M.8 8h1.6m11.2 0h1.6M2.9 2.9 4 4m8 8 1.1 1.1m0-10.2L12 4M4 12l-1.1 1.1',
  loop: 'M13 8a5 5 0 1 1-1.6-3.7M13.5 2v3h-3',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'bars' || name === 'down' || name === 'check' ? 2.2 : 1.7}
      />
    </svg>
  );
}
