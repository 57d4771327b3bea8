import { lazy } from 'react';
import { ChartPage } from '../chart/ChartPage';
import { Later } from '../chart/parts/Later';
import { Masthead } from './Masthead';
import { NotFound } from './NotFound';

const PipelinePage = lazy(() => import('../pipeline/PipelinePage'));

export function App() {
  const path = window.location.pathname;
  return (
    <>
      <a className="skip" href="#main">
        Skip to the {path === '/pipeline' ? 'pipeline' : 'chart'}
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
  if (path !== '/pipeline') return <NotFound path={path} />;
  return (
    <Later what="the page">
      <PipelinePage />
    </Later>
  );
}
