import { lazy } from 'react';
import { Later } from '../chart/parts/Later';
import { Masthead } from './Masthead';

const NotFound = lazy(async () => ({ default: (await import('./NotFound')).NotFound }));
const ChartPage = lazy(async () => ({ default: (await import('../chart/ChartPage')).ChartPage }));
const WorldPage = lazy(() => import('../world/WorldPage'));
const RacePage = lazy(() => import('../lines/RacePage'));
const SongPage = lazy(() => import('../lines/SongPage'));
const PipelinePage = lazy(() => import('../pipeline/PipelinePage'));

/** By their paths; each is loaded when it is wanted. */
const PAGES = [
  { path: /^\/$/, name: 'chart', Content: ChartPage },
  { path: /^\/world$/, name: 'world', Content: WorldPage },
  { path: /^\/race$/, name: 'race', Content: RacePage },
  { path: /^\/song\/./, name: 'song', Content: SongPage },
  { path: /^\/pipeline$/, name: 'pipeline', Content: PipelinePage },
];

export function App() {
  const path = window.location.pathname;
  const page = PAGES.find((known) => known.path.test(path));
  return (
    <>
      <a className="skip" href="#main">
        Skip to the {page?.name ?? 'chart'}
      </a>
      <Masthead path={path} />
      <main id="main" tabIndex={-1}>
        <Later what="the page">{page ? <page.Content /> : <NotFound path={path} />}</Later>
      </main>
    </>
  );
}
