import { lazy } from 'react';
import { ChartPage } from '../chart/ChartPage';
import { Later } from '../chart/parts/Later';
import { Masthead } from './Masthead';
import { NotFound } from './NotFound';

const WorldPage = lazy(() => import('../world/WorldPage'));
const PipelinePage = lazy(() => import('../pipeline/PipelinePage'));

const NAMES: Record<string, string> = { '/world': 'world', '/pipeline': 'pipeline' };

export function App() {
  const path = window.location.pathname;
  return (
    <>
      <a className="skip" href="#main">
        Skip to the {NAMES[path] ?? 'chart'}
      </a>
      <Masthead path={path} />
      <main id="main" tabIndex={-1}>
        <Page path={path} />
      </main>
    </>
  );
}

function Page({ path }: { path: string }) {
  if (path === '/') return <ChartPage />;
  return (
    <Later what="the page">
      {path === '/world' && <WorldPage />}
      {path === '/pipeline' && <PipelinePage />}
      {!NAMES[path] && <NotFound path={path} />}
    </Later>
  );
}
