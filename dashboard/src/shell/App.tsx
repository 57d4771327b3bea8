import { ChartPage } from '../chart/ChartPage';
import { Masthead } from './Masthead';
import { NotFound } from './NotFound';

export function App() {
  const known = window.location.pathname === '/';
  return (
    <>
      <a className="skip" href="#main">
        Skip to the chart
      </a>
      <Masthead />
      <main id="main" tabIndex={-1}>
        {known ? <ChartPage /> : <NotFound path={window.location.pathname} />}
      </main>
    </>
  );
}
