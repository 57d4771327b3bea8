import { useRef } from 'react';
import { fetchRegions, fetchStatus } from '../api/client';
import type { Chart, PipelineStatus } from '../api/types';
import type { Address } from './address';
import { neighbours, sameMoment } from './calendar';
import { noticeOf } from './notice';
import { BalanceCard } from './parts/BalanceCard';
import { Board, BoardHead } from './parts/Board';
import { Exports } from './parts/Exports';
import { KeyHelp } from './parts/KeyHelp';
import { MovementCard } from './parts/MovementCard';
import { NoticeBlock } from './parts/NoticeBlock';
import { RegionPicker } from './parts/RegionPicker';
import { EmptyRows, Skeleton } from './parts/Skeleton';
import { SongTable } from './parts/SongTable';
import { SourceCard } from './parts/SourceCard';
import { StatusLine } from './parts/StatusLine';
import { PeriodControls, ViewSwitch } from './parts/Toolbar';
import { usePopover } from './parts/usePopover';
import { clockWords, periodWords, wireInstant } from './period';
import { useAddress } from './useAddress';
import { useChart } from './useChart';
import { useKeys } from './useKeys';
import { useNow } from './useNow';
import { useOnline } from './useOnline';
import { usePolled } from './usePolled';

const NO_ROWS = Array.from({ length: 9 }, () => 0);

/** The Top 10 of one region and period: data, or loading, or why there is none. */
export function ChartPage() {
  const [address, go] = useAddress();
  const { region, granularity, at, view } = address;
  const now = useNow();
  const online = useOnline();
  const regions = usePolled(fetchRegions, 60);
  const status = usePolled(fetchStatus, 30);
  const reading = useChart(region, granularity, at);
  const regionPopover = usePopover();
  const periodPopover = usePopover();
  const keyDialog = useRef<HTMLDialogElement>(null);

  // For the first moments after a click the old chart stays, rather than flash an empty page.
  const chart = reading.chart ?? (reading.waiting === 'briefly' ? reading.lastGood : null);
  const name = regions?.find((r) => r.region === region)?.name ?? reading.chart?.region_name ?? region;
  const start = startOf(reading.chart, at);
  const steps = stepsFrom(reading.chart, address, start, now);
  const [keysOn, turnKeys] = useKeys({
    '[': () => steps.previous && go({ at: steps.previous }),
    ']': () => steps.next && go({ at: steps.next }),
    h: () => go({ granularity: 'hour', at: sameMoment('hour', at, now) }),
    d: () => go({ granularity: 'day', at: sameMoment('day', at, now) }),
    r: regionPopover.show,
    p: periodPopover.show,
    t: () => go({ view: view === 'chart' ? 'table' : 'chart' }),
    j: () => stepRow(1),
    k: () => stepRow(-1),
    '?': () => keyDialog.current?.showModal(),
  });

  return (
    <>
      <title>{`${name}, Top 10${start === null ? '' : `, ${periodWords(granularity, start)} UTC`} · Top Songs`}</title>
      <div className="page-head">
        <RegionPicker
          region={region}
          name={name}
          regions={regions ?? []}
          granularity={granularity}
          popover={regionPopover}
          onPick={(picked) => go({ region: picked })}
        />
        <p className="subject">Top 10 of the {granularity}</p>
        <StatusLine reading={reading} granularity={granularity} start={start} now={now} />
        <div className="controls">
          <PeriodControls
            address={address}
            start={start}
            {...steps}
            now={now}
            popover={periodPopover}
            go={go}
          />
        </div>
        <div className="outputs">
          <ViewSwitch address={address} go={go} />
          <Exports chart={reading.chart} address={address} />
        </div>
      </div>
      {!online && reading.chart && reading.readAt !== null && (
        <p className="banner" role="status">
          You are offline. This is the chart as of {clockWords(reading.readAt)} UTC.
        </p>
      )}
      <div className="columns">
        <div className="main-column">
          {chart ? (
            <Shown chart={chart} view={view} />
          ) : reading.waiting !== 'no' ? (
            <Skeleton granularity={granularity} breathing={reading.waiting !== 'briefly'} />
          ) : (
            <Missing
              notice={noticeOf({
                region,
                granularity,
                start,
                now,
                online,
                regions,
                failure: reading.failure,
              })}
              last={reading.lastGood}
              granularity={granularity}
              onSeeLast={(last) => go(addressOf(last))}
              onPickRegion={regionPopover.show}
              onTryAgain={reading.retry}
            />
          )}
        </div>
        <Rail chart={chart} granularity={granularity} status={status} waiting={reading.waiting !== 'no'} />
      </div>
      <footer className="page-foot">
        <p>Every play is counted once. All times are UTC.</p>
        <button type="button" className="link" onClick={() => keyDialog.current?.showModal()}>
          Keys <kbd>?</kbd>
        </button>
      </footer>
      <KeyHelp dialog={keyDialog} on={keysOn} turn={turnKeys} />
    </>
  );
}

function Shown({ chart, view }: { chart: Chart; view: Address['view'] }) {
  const period = periodWords(chart.granularity, Date.parse(chart.period_start));
  const caption = `Top ${chart.entries.length} of ${chart.region_name}, ${period} UTC`;
  return view === 'table' ? (
    <SongTable chart={chart} caption={caption} />
  ) : (
    <Board chart={chart} caption={caption} />
  );
}

type MissingProps = React.ComponentProps<typeof NoticeBlock> & { granularity: Address['granularity'] };

function Missing({ granularity, ...notice }: MissingProps) {
  return (
    <div className="missing">
      <table aria-hidden="true" className="board-head">
        <BoardHead granularity={granularity} />
      </table>
      <NoticeBlock {...notice} />
      {notice.last ? <Board chart={notice.last} caption="" dimmed /> : <EmptyRows widths={NO_ROWS} />}
    </div>
  );
}

interface RailProps {
  chart: Chart | null;
  granularity: Address['granularity'];
  status: PipelineStatus | null;
  waiting: boolean;
}

function Rail({ chart, granularity, status, waiting }: RailProps) {
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
    <aside className="rail" aria-label="Beside the chart">
      <BalanceCard chart={chart} />
      <MovementCard chart={chart} />
      <SourceCard chart={chart} status={status} />
    </aside>
  );
}

function startOf(chart: Chart | null, at: string | null): number | null {
  const start = chart?.period_start ?? at;
  return start === null ? null : Date.parse(start);
}

function stepsFrom(
  chart: Chart | null,
  { granularity }: Address,
  start: number | null,
  now: number,
): { previous: string | null; next: string | null } {
  if (start === null) return { previous: null, next: null };
  const { previous, next } = neighbours(granularity, start, now);
  const beyond = next === null ? null : wireInstant(next);
  if (chart) return { previous: chart.previous_period, next: chart.next_period ?? beyond };
  return { previous: wireInstant(previous), next: beyond };
}

function addressOf(chart: Chart): Partial<Address> {
  return { region: chart.region, granularity: chart.granularity, at: chart.period_start };
}

function stepRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[to]?.focus();
}
