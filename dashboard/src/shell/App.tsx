import { lazy } from 'react';
import { ChartPage } from '../chart/ChartPage';
import { Later } from '../chart/parts/Later';
import { Masthead } from './Masthead';

const NotFound = lazy(async () => ({ default: (await import('./NotFound')).NotFound }));
const WorldPage = lazy(() => import('../world/WorldPage'));
const RacePage = lazy(() => import('../lines/RacePage'));
const SongPage = lazy(() => import('../lines/SongPage'));
const PipelinePage = lazy(() => import('../pipeline/PipelinePage'));

/** The pages that are loaded when they are wanted, by their paths. */
const LOADED = [
  { path: /^\/world$/, name: 'world', Content: WorldPage },
  { path: /^\/race$/, name: 'race', Content: RacePage },
  { path: /^\/song\/./, name: 'song', Content: SongPage },
  { path: /^\/pipeline$/, name: 'pipeline', Content: PipelinePage },
];

export function App() {
  const path = window.location.pathname;
  const page = LOADED.find((known) => known.path.test(path));
  return (
    <>
      <a className="skip" href="#main">
        Skip to the {page?.name ?? 'chart'}
      </a>
      <Masthead path={path} />
      <main id="main" tabIndex={-1}>
        {page && (
          <Later what="the page">
            <page.Content />
          </Later>
        )}
        {!page && path === '/' && <ChartPage />}
        {!page && path !== '/' && (
          <Later what="the page">
            <NotFound path={path} />
          </Later>
        )}
      </main>
    </>
  );
}
