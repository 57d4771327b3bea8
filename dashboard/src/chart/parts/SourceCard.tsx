import type { Chart, PipelineStatus, Rules, Stage } from '../../api/types';
import { type Address, writeAddress } from '../address';
import { count } from '../numbers';
import { clockWords, dateWords, durationWords, exactWords, startOf } from '../period';
import { InPageLink } from './InPageLink';

const NAMES: Record<string, string> = {
  stream: 'Plays stored to',
  hour_charts: 'Hours settled to',
  day_charts: 'Days settled to',
};

interface Props {
  chart: Chart;
  status: PipelineStatus | null;
  /** Null where the service does not say which there are. */
  rules: Rules | null;
  address: Address;
  go(change: Partial<Address>): void;
}

/** How many the chart speaks for, by which rules, and how far the pipeline has come meanwhile. */
export function SourceCard({ chart, status, rules, address, go }: Props) {
  const { totals, balance, rules_version } = chart;
  const others = rules?.versions.filter(({ version }) => version !== rules_version) ?? [];
  return (
    <section className="card source" aria-labelledby="source-head">
      <h2 id="source-head">
        Behind it <small>rules {rules_version}</small>
      </h2>
      {others.length > 0 && (
        <p className="other-rules">
          What if:{' '}
          {others.map(({ version }) => (
            <InPageLink
              key={version}
              to={writeAddress({ ...address, revision: null, rules: version })}
              current={address.rules === version}
              onFollow={() => go({ rules: version })}
            >
              rules {version}
            </InPageLink>
          ))}
        </p>
      )}
      <ul className="lines">
        <Line name="Songs played" value={count(totals.songs)} />
        <Line name="Listeners" value={count(totals.listeners)} />
        {balance !== null && balance.unknown_song > 0 && (
          <Line name="Plays of unknown songs" value={count(balance.unknown_song)} />
        )}
        {balance !== null && balance.rejected !== null && (
          <Line name="Refused by the stream" value={count(balance.rejected)} />
        )}
        {status?.stages
          // That it answers says nothing of how far plays have come.
          .filter(({ stage }) => stage !== 'ingestion')
          .map((stage) => (
            <Line
              key={stage.stage}
              name={NAMES[stage.stage] ?? stage.stage}
              {...reached(stage, Date.parse(status.now))}
            />
          ))}
      </ul>
    </section>
  );
}

function Line({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <li title={title}>
      <span className="line-text">{name}</span>
      <span className="value">{value}</span>
    </li>
  );
}

function reached({ stage, passed_until, lag_seconds }: Stage, now: number): { value: string; title: string } {
  const instant = Date.parse(passed_until);
  const today = startOf('day', instant) === startOf('day', now);
  const title = `${exactWords(instant)}, ${durationWords(lag_seconds)} behind`;
  if (stage === 'day_charts') return { value: dateWords(instant - 1), title };
  return {
    value: today ? `${clockWords(instant)} UTC` : `${dateWords(instant)}, ${clockWords(instant)} UTC`,
    title,
  };
}
