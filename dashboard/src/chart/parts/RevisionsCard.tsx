import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { ABSENT, fetchRevisions, type Maybe } from '../../api/client';
import type { Chart, Revision } from '../../api/types';
import { type Address, writeAddress } from '../address';
import { exactWords } from '../period';
import { revisedAtWords, revisionWords, tellingRevisions } from '../revisions';
import { type Polled, usePolled } from '../usePolled';
import { InPageLink } from './InPageLink';
import { TryAgain } from './TryAgain';

export type RevisionsReading = Polled<Maybe<Revision[]>>;

/** The revisions of the period that is shown; read again when its chart has become one that is not among them. */
export function useRevisions(chart: Chart | null): RevisionsReading {
  const { region, granularity, period_start, revision } = chart ?? NO_CHART;
  const reading = usePolled(
    useCallback(
      async (signal: AbortSignal): Promise<Maybe<Revision[]>> =>
        period_start === null ? ABSENT : fetchRevisions(region, granularity, period_start, signal),
      [region, granularity, period_start],
    ),
    60,
  );
  const { answer, retry } = reading;
  const newest = answer === ABSENT ? null : (answer?.[0]?.revision ?? null);
  useEffect(() => {
    if (newest !== null && newest < revision) retry();
  }, [newest, revision, retry]);
  return reading;
}

const NO_CHART = { region: '', granularity: 'hour', period_start: null, revision: 0 } as const;

interface Props {
  chart: Chart;
  reading: RevisionsReading;
  address: Address;
  go(change: Partial<Address>): void;
}

/** What each revision brought, newest first, and the way to see it. */
export function RevisionsCard({ chart, reading, address, go }: Props) {
  const { answer, failed, trying, retry } = reading;
  if (answer === ABSENT) return null;
  return (
    <Card>
      {answer === null && !failed && <p role="status">Loading the revisions…</p>}
      {answer === null && failed && (
        <p role="alert">
          The revisions did not load. <TryAgain className="link" trying={trying} onTry={retry} />
        </p>
      )}
      {answer?.length === 0 && <p>No revision of this {chart.granularity} is kept.</p>}
      {answer && answer.length > 0 && (
        <Lines
          key={chart.period_start}
          revisions={answer}
          telling={tellingRevisions(answer, chart.revision)}
          chart={chart}
          address={address}
          go={go}
        />
      )}
    </Card>
  );
}

interface LinesProps extends Omit<Props, 'reading'> {
  revisions: Revision[];
  /** Those that are listed before all are asked for. */
  telling: Revision[];
}

function Lines({ revisions, telling, ...line }: LinesProps) {
  const [all, setAll] = useState(false);
  const hidden = revisions.length - telling.length;
  return (
    <>
      <ol className="lines" reversed>
        {(all ? revisions : telling).map((revision) => (
          <Line
            key={revision.revision}
            revision={revision}
            newest={revision === revisions[0]}
            rulesBefore={revisions[revisions.indexOf(revision) + 1]?.rules_version}
            {...line}
          />
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Hide ${hidden} counted while open` : `See ${hidden} counted while open`}
        </button>
      )}
    </>
  );
}

function Card({ children }: { children: ReactNode }) {
  return (
    <section className="card revisions" aria-labelledby="revisions-head">
      <h2 id="revisions-head" tabIndex={-1}>
        Revisions
      </h2>
      {children}
    </section>
  );
}

interface LineProps extends Omit<Props, 'reading'> {
  revision: Revision;
  newest: boolean;
  rulesBefore: string | undefined;
}

function Line({ revision, newest, rulesBefore, chart, address, go }: LineProps) {
  const computed = Date.parse(revision.computed_at);
  const shown = revision.revision === chart.revision;
  const change = newest
    ? { at: chart.period_start, revision: null }
    : { at: chart.period_start, revision: revision.revision };
  const rules = rulesBefore !== undefined && rulesBefore !== revision.rules_version;
  return (
    <li>
      <InPageLink
        to={writeAddress({ ...address, rules: null, ...change })}
        current={shown}
        onFollow={() => go({ rules: null, ...change })}
      >
        <b>
          <span className="hidden">Revision </span>
          {revision.revision}
        </b>
        <span className="line-text">
          {revisionWords(revision, chart.granularity)}
          {rules && `, rules ${revision.rules_version}`}
        </span>
      </InPageLink>
      <time dateTime={revision.computed_at} title={exactWords(computed)}>
        {revisedAtWords(computed, Date.parse(chart.period_end))}
      </time>
    </li>
  );
}
