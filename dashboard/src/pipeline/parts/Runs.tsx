import type { Run } from '../../api/types';
import { Column } from '../../chart/parts/Column';
import { Icon } from '../../chart/parts/Icon';
import { clockWords, dayWords, exactWords, startOf } from '../../chart/period';
import { logOf } from '../../chart/trouble';
import { intervalWords, tookWords } from '../runs';
import { Wide } from './Section';

export function Runs({ runs, now }: { runs: Run[]; now: number }) {
  return (
    <Wide label="Table of the last runs">
      <table className="sheet-table runs-table">
        <thead>
          <tr>
            <Column>Ended, UTC</Column>
            <Column>Run</Column>
            <Column>Over, UTC</Column>
            <Column figure>Took</Column>
            <Column>Result</Column>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={`${run.pipeline} ${run.run_id}`} run={run} now={now} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function RunRow({ run, now }: { run: Run; now: number }) {
  const ended = Date.parse(run.ended_at);
  const today = startOf('day', ended) === startOf('day', now);
  const log = logOf(run.url);
  const failed = run.status === 'failed';
  return (
    <tr className={failed ? 'failed' : ''}>
      <td>
        <time dateTime={run.ended_at} title={exactWords(ended)}>
          {!today && `${dayWords(ended)}, `}
          {clockWords(ended)}
        </time>
      </td>
      <th scope="row" title={run.run_id}>
        {run.pipeline}
      </th>
      <td>{intervalWords(run) ?? '–'}</td>
      <td className="figure">{tookWords(run) ?? '–'}</td>
      <td>
        <span className={`result ${run.status}`}>
          <Icon name={failed ? 'cross' : 'check'} />
          {failed ? `Failed${run.task ? ` in ${run.task}` : ''}` : 'Success'}
        </span>
        {log && (
          <a href={log} target="_blank" rel="noopener">
            Airflow<span className="hidden"> log of {run.pipeline}, opens in a new tab</span>
          </a>
        )}
        {failed && run.message && <p className="run-message">{run.message}</p>}
      </td>
    </tr>
  );
}
