import { lazy, useCallback, useRef, useState } from 'react';
import { ABSENT, fetchRegions, fetchRules, fetchStatus } from '../api/client';
import type { Chart, Entry, PipelineStatus, Rules } from '../api/types';
import type { Address } from './address';
import { emptyNotice, noticeOf } from './notice';
import { BalanceCard } from './parts/BalanceCard';
import { Board, BoardHead } from './parts/Board';
import { Later } from './parts/Later';
import { MovementCard } from './parts/MovementCard';
import { NoticeBlock } from './parts/NoticeBlock';
import { OlderBanner } from './parts/OlderBanner';
import { PageFoot } from './parts/PageFoot';
import { PageHead } from './parts/PageHead';
import type { Tracing } from './parts/PlaysFigure';
import { RevisionsCard, type RevisionsReading, useRevisions } from './parts/RevisionsCard';
import { EmptyRows, Skeleton } from './parts/Skeleton';
import { SongTable } from './parts/SongTable';
import { SourceCard } from './parts/SourceCard';
import { TroubleList } from './parts/TroubleList';
import { usePopover } from './parts/usePopover';
import { clockWords, periodWords } from './period';
import { otherRules } from './rules';
import { useAddress } from './useAddress';
import { useChart } from './useChart';
import { useLive } from './useLive';
import { useNow } from './useNow';
import { useOnline } from './useOnline';
import { usePolled } from './usePolled';

const TracePopover = lazy(() => import('./parts/TracePopover'));
const WhatIfView = lazy(() => import('./parts/WhatIfView'));

/** The Top 10 of one region and period: data, or loading, or why there is none. */
export function ChartPage() {
  const [address, go] = useAddress();
  const { region, granularity, at, revision } = address;
  const now = useNow();
  const online = useOnline();
  const { answer: regions } = usePolled(fetchRegions, 60);
  const live = useLive(region, granularity, at);
  // Asked as often while changes are told: nobody tells that ingestion or the stream fell silent.
  const { answer: status, failed: statusFailed } = usePolled(fetchStatus, 30, live.status);
  const { answer: rulesRead } = usePolled(fetchRules, 600);
  // A service that tells its rules can also count by them, and trace a figure.
  const rules = rulesRead === ABSENT ? null : rulesRead;
  const reading = useChart(region, granularity, at, revision, live);
  const [traced, setTraced] = useState<{ address: Address; chart: Chart; entry: Entry } | null>(null);
  const endTrace = useCallback(() => setTraced(null), []);
  const regionPopover = usePopover();
  const keyDialog = useRef<HTMLDialogElement>(null);

  const waiting = reading.waiting !== 'no';
  // For the first moments after a click the old chart stays, rather than flash an empty page.
  const chart = reading.chart ?? (reading.waiting === 'briefly' ? reading.previous : null);
  const revisions = useRevisions(chart);
  const start = startOf(reading.chart, at);
  const trace: Tracing =
    rules && chart && revision === null ? (entry) => setTraced({ address, chart, entry }) : null;
  const situation = { region, granularity, start, revision, now, online, regions, failure: reading.failure };
  return (
    <>
      <PageHead
        address={address}
        go={go}
        reading={reading}
        regions={regions ?? []}
        start={start}
        now={now}
        regionPopover={regionPopover}
        keyDialog={keyDialog}
      />
      {!online && reading.chart && reading.readAt !== null && (
        <p className="banner" role="status">
          You are offline. This is the chart as of {clockWords(reading.readAt)} UTC.
        </p>
      )}
      <OlderBanner asked={revision} chart={reading.chart} revisions={revisions} go={go} />
      {/* The browser's Back leads away from under it. */}
      {traced?.address === address && (
        <Later what="the trace" waiting={null}>
          <TracePopover chart={traced.chart} entry={traced.entry} onClose={endTrace} />
        </Later>
      )}
      <TroubleList status={statusFailed ? null : status} />
      <div className="columns">
        <div className="main-column">
          {chart && <Shown chart={chart} address={address} rules={rules} onTrace={trace} go={go} />}
          {!chart && waiting && (
            <Skeleton granularity={granularity} breathing={reading.waiting !== 'briefly'} />
          )}
          {!chart && !waiting && (
            <Missing
              notice={noticeOf(situation)}
              last={reading.lastGood}
              granularity={granularity}
              onSeeLast={(last) => go(addressOf(last))}
              onPickRegion={regionPopover.show}
              onTryAgain={reading.retry}
            />
          )}
        </div>
        <Rail
          chart={chart ?? (waiting ? null : reading.lastGood)}
          dimmed={chart === null}
          granularity={granularity}
          status={status}
          waiting={waiting}
          rules={rules}
          revisions={chart && revisions}
          address={address}
          go={go}
        />
      </div>
      <PageFoot live={live.open} keyDialog={keyDialog} />
    </>
  );
}

interface ShownProps {
  chart: Chart;
  address: Address;
  rules: Rules | null;
  onTrace: Tracing;
  go(change: Partial<Address>): void;
}

function Shown({ chart, address, rules, onTrace, go }: ShownProps) {
  const other = otherRules(address.rules, chart);
  if (other !== null) {
    return (
      <Later what="the comparison">
        <WhatIfView
          key={other}
          chart={chart}
          rules={rules}
          other={other}
          onLeave={() => go({ rules: null })}
        />
      </Later>
    );
  }
  if (chart.entries.length === 0) {
    return (
      <Missing notice={emptyNotice(chart)} last={null} granularity={chart.granularity} {...LEADS_NOWHERE} />
    );
  }
  const period = periodWords(chart.granularity, Date.parse(chart.period_start));
  const caption = `Top ${chart.entries.length} of ${chart.region_name}, ${period} UTC`;
  return address.view === 'table' ? (
    <SongTable chart={chart} caption={caption} onTrace={onTrace} />
  ) : (
    <Board chart={chart} caption={caption} onTrace={onTrace} />
  );
}

const nothing = () => undefined;
const LEADS_NOWHERE = { onSeeLast: nothing, onPickRegion: nothing, onTryAgain: nothing };

type MissingProps = React.ComponentProps<typeof NoticeBlock<Chart>> & { granularity: Address['granularity'] };

function Missing({ granularity, ...notice }: MissingProps) {
  return (
    <div className="missing">
      <table aria-hidden="true" className="board-head">
        <BoardHead granularity={granularity} />
      </table>
      <NoticeBlock {...notice} />
      {notice.last ? <Board chart={notice.last} caption="" dimmed /> : <EmptyRows />}
    </div>
  );
}

interface RailProps {
  chart: Chart | null;
  /** It belongs to the last good chart, not to the one asked for. */
  dimmed: boolean;
  granularity: Address['granularity'];
  status: PipelineStatus | null;
  waiting: boolean;
  rules: Rules | null;
  /** Null while the chart is not that of this address. */
  revisions: RevisionsReading | null;
  address: Address;
  go(change: Partial<Address>): void;
}

function Rail({ chart, dimmed, granularity, status, waiting, rules, revisions, address, go }: RailProps) {
  if (!chart) {
    return (
      <aside className="rail" aria-label="Beside the chart">
        <section className={`card${waiting ? ' waiting' : ''}`}>
          <h2>Balance of this {granularity}</h2>
          <p>{waiting ? '' : 'Not shown: the balance comes with the chart.'}</p>
        </section>
      </aside>
    );
  }
  return (
    <aside
      className={`rail${dimmed ? ' dimmed' : ''}`}
      aria-label="Beside the chart"
      inert={dimmed}
      aria-hidden={dimmed}
    >
      <BalanceCard chart={chart} />
      <MovementCard chart={chart} />
      {revisions && <RevisionsCard chart={chart} reading={revisions} address={address} go={go} />}
      {/* After the revisions, whose number is not known before: it must not be pushed down by them. */}
      {(!revisions || revisions.answer !== null || revisions.failed) && (
        <SourceCard chart={chart} status={status} rules={rules} address={address} go={go} />
      )}
    </aside>
  );
}

function startOf(chart: Chart | null, at: string | null): number | null {
  const start = chart?.period_start ?? at;
  return start === null ? null : Date.parse(start);
}

function addressOf(chart: Chart): Partial<Address> {
  return { region: chart.region, granularity: chart.granularity, at: chart.period_start };
}
