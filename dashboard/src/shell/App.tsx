import type { ComponentType } from 'react';
import { Later } from '../chart/parts/Later';
import { Masthead } from './Masthead';

export type Content = ComponentType<{ path: string }>;

interface Page {
  path: RegExp;
  name: string;
  load(): Promise<Content>;
}

/** By their paths; each is loaded when it is wanted. */
const PAGES: Page[] = [
  { path: /^\/$/, name: 'chart', load: async () => (await import('../chart/ChartPage')).ChartPage },
  { path: /^\/world$/, name: 'world', load: async () => (await import('../world/WorldPage')).default },
  { path: /^\/race$/, name: 'race', load: async () => (await import('../lines/RacePage')).default },
  { path: /^\/song\/./, name: 'song', load: async () => (await import('../lines/SongPage')).default },
  {
    path: /^\/pipeline$/,
    name: 'pipeline',
    load: async () => (await import('../pipeline/PipelinePage')).default,
  },
];

/** The page of the path, or the one that says that there is none. */
export function pageAt(path: string): Pick<Page, 'name' | 'load'> {
  return (
    PAGES.find((page) => page.path.test(path)) ?? {
      name: 'chart',
      load: async () => (await import('./NotFound')).NotFound,
    }
  );
}

interface Props {
  path: string;
  /** Of the page, to skip to. */
  name: string;
  Content: Content;
}

export function App({ path, name, Content }: Props) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the {name}
      </a>
      <Masthead path={path} />
      <main id="main" tabIndex={-1}>
        <Later what="the page">
          <Content path={path} />
        </Later>
      </main>
    </>
  );
}
