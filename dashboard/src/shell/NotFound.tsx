import { placeName } from '../chart/regions';
import { PAGES } from './pages';

interface Guess {
  href: string;
  words: string;
}

/** What somebody may have meant who came to this path: a region by its code, or a song by a path that is nearly its own. */
export function guessOf(path: string): Guess | null {
  const parts = path.split('/').filter((part) => part !== '');
  const [first = '', second] = parts;
  if (/^(songs?|tracks?)$/i.test(first) && second !== undefined) {
    return { href: `/song/${second}`, words: 'the page of that song' };
  }
  const page = PAGES.find(({ path: known }) => known !== '/' && known === `/${first.toLowerCase()}`);
  if (page) return { href: page.path, words: `the page ${page.name}` };
  const code = (parts.at(-1) ?? '').toUpperCase();
  const name = /^([A-Z]{2}|GLOBAL)$/.test(code) ? placeName(code) : undefined;
  return name ? { href: `/?region=${code}`, words: `the chart of ${name}` } : null;
}

/** Nothing is at this path: what may have been meant, and every page that there is. */
export function NotFound({ path }: { path: string }) {
  const guess = guessOf(path);
  return (
    <section className="not-found">
      <title>Not found · Top Songs</title>
      <h1>Nothing is printed here</h1>
      <p>
        There is no page at <code>{path}</code>.
        {guess && (
          <>
            {' '}
            Did you look for <a href={guess.href}>{guess.words}</a>?
          </>
        )}
      </p>
      <a className="button solid" href="/">
        Go to the charts
      </a>
      <ul className="page-list">
        {PAGES.map((page) => (
          <li key={page.path}>
            <a href={page.path}>{page.name}</a> <span>{page.what}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
