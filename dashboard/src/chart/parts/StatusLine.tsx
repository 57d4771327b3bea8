import type { Chart, Granularity } from '../../api/types';
import { unexplained } from '../balance';
import { count } from '../numbers';
import { ageWords, amount, clockWords, endOf, exactWords, periodInSentence, timeWords } from '../period';
import { revisedWords } from '../revisions';
import type { ChartReading } from '../useChart';
import { type Chip, StatusChip } from './StatusChip';

interface Props {
  reading: ChartReading;
  granularity: Granularity;
  start: number | null;
  now: number;
}

/** How settled the chart is, as a chip and a sentence. */
export function StatusLine({ reading, granularity, start, now }: Props) {
  const { chart, waiting, failure, missing, readAt } = reading;
  if (waiting === 'loading' || waiting === 'long') {
    return (
      <p className="status-line">
        <span role="status">
          {waiting === 'long'
            ? `Still loading. This ${granularity} is large.`
            : `Loading the ${start === null ? `latest ${granularity}` : periodInSentence(granularity, start)}…`}
        </span>
      </p>
    );
  }
  if (chart) {
    const revised = revisedWords(chart, now) ?? reading.revised;
    return (
      <p className="status-line">
        <StatusChip chip={chipOf(chart, revised)} live />
        {failure && readAt ? (
          <span className="trouble">not refreshed since {clockWords(readAt)} UTC, trying again</span>
        ) : (
          <Sentence chart={chart} revised={revised} now={now} />
        )}
      </p>
    );
  }
  if (failure) {
    return (
      <p className="status-line">
        <strong className="trouble" role="status">
          Not loaded at {timeWords(failure.at)} UTC
        </strong>
      </p>
    );
  }
  const running = missing && start !== null && start <= now && now < endOf(granularity, start);
  return (
    <p className="status-line">
      {running && (
        <>
          <StatusChip chip="provisional" live />
          <span>
            {granularity} opened {ageWords(start, now)}
          </span>
        </>
      )}
    </p>
  );
}

function chipOf(chart: Chart, revised: string | null): Chip {
  if (chart.status === 'held' || unexplained(chart) !== 0) return 'held';
  return chart.status === 'final' && revised ? 'revised' : chart.status;
}

function Sentence({ chart, revised, now }: { chart: Chart; revised: string | null; now: number }) {
  const computed = Date.parse(chart.computed_at);
  const exact = exactWords(computed);
  const difference = unexplained(chart);
  if (chart.status === 'held' && difference === 0) {
    return <Exact exact={exact}>kept back by the service. Ranks may change.</Exact>;
  }
  if (difference !== 0) {
    return (
      <Exact exact={exact}>
        {amount(Math.abs(difference), 'play').replace(/^\d+/, count(Math.abs(difference)))}{' '}
        {Math.abs(difference) === 1 ? 'has' : 'have'} no reason yet. Ranks may change.
      </Exact>
    );
  }
  if (chart.status === 'provisional') {
    const open = now < Date.parse(chart.period_end);
    return (
      <Exact exact={exact}>
        {open ? `${chart.granularity} still open` : `${chart.granularity} being settled`}, last changed at{' '}
        {clockWords(computed)}
      </Exact>
    );
  }
  return (
    <Exact exact={exact}>
      <span className="sentence">
        {ageWords(computed, now)}, revision {chart.revision}
        {revised && `: ${revised}`}
      </span>
    </Exact>
  );
}

/** Words with the exact time behind them, on hover, on focus and for those who listen. */
function Exact({ exact, children }: { exact: string; children: React.ReactNode }) {
  return (
    <button type="button" className="exact" data-exact={exact}>
      {children}
      <span className="hidden"> ({exact})</span>
    </button>
  );
}
