import { Icon } from '../chart/parts/Icon';
import { clockWords } from '../chart/period';
import { useNow } from '../chart/useNow';
import { PAGES } from './pages';
import { useTheme } from './useTheme';

export function Masthead({ path: shown }: { path: string }) {
  const now = useNow();
  const [theme, toggleTheme] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="masthead">
      <a className="wordmark" href="/">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M0 9h5v11H0zM15 14h5v6h-5z" fill="currentColor" />
          <path d="M7.5.75h5v18.5h-5z" fill="var(--accent)" stroke="var(--ink)" strokeWidth="1.5" />
        </svg>
        Top Songs
      </a>
      <nav aria-label="Pages">
        {PAGES.map(({ path, name }) => (
          <a key={path} href={path} aria-current={path === shown ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <span className="clock">
        <time dateTime={new Date(now).toISOString()}>{clockWords(now)}</time> UTC
      </span>
      <button
        type="button"
        className="icon-button"
        onClick={toggleTheme}
        aria-label={`Use the ${other} theme`}
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}
