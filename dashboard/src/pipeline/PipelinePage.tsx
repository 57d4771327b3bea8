import { useCallback } from 'react';
import {
  ABSENT,
  fetchAudit,
  fetchBalance,
  fetchFlags,
  fetchRegions,
  fetchRules,
  fetchStatus,
  type Maybe,
} from '../api/client';
import type { Audit, BalanceRow, Flag, PipelineStatus } from '../api/types';
import { PageFoot } from '../chart/parts/PageFoot';
import { amount, startOf, timeWords, wireInstant } from '../chart/period';
import { regionName } from '../chart/regions';
import { LIVE_SECONDS, useLive } from '../chart/useLive';
import { useNow } from '../chart/useNow';
import { type Polled, usePolled } from '../chart/usePolled';
import { faultWords } from './faults';
import { AuditTable } from './parts/AuditTable';
import { BalanceSheet } from './parts/BalanceSheet';
import { Flags } from './parts/Flags';
import { Reasons } from './parts/Reasons';
import { RegionSelect } from './parts/RegionSelect';
import { Runs } from './parts/Runs';
import { Section } from './parts/Section';
import { Spine } from './parts/Spine';
import { reasonsOf, sheetRows, totalsOf } from './sheet';
import { drawnStages, stagesWords } from './stages';
import { useRegion } from './useRegion';
import '../styles/pipeline.css';

const HOUR = 3_600_000;

/** The running hour and the 23 before it, worked out when they are asked for: what is shown stays when an hour turns. */
function last24Hours(): { from: string; to: string } {
  const end = startOf('hour', Date.now()) + HOUR;
  return { from: wireInstant(end - 24 * HOUR), to: wireInstant(end) };
}

function readFlags(signal: AbortSignal): Promise<Maybe<Flag[]>> {
  const { from, to } = last24Hours();
  return fetchFlags(from, to, signal);
}

/** How plays become charts, and whether every one of them is accounted for. */
export default function PipelinePage() {
  const [region, pick] = useRegion();
  const now = useNow();
  const { answer: regions } = usePolled(fetchRegions, 300);
  const { answer: rulesRead } = usePolled(fetchRules, 600);
  const live = useLive(region, 'hour', null);
  // Nobody tells when a minute is over: a rate is of now only if it is asked for.
  const status = usePolled(fetchStatus, 15, live.status);
  const balance = usePolled(
    useCallback(
      (signal: AbortSignal) => {
        const { from, to } = last24Hours();
        return fetchBalance(region, from, to, signal);
      },
      [region],
    ),
    live.open ? LIVE_SECONDS : 30,
    live.charts,
  );
  const audit = usePolled(fetchAudit, 60);
  const flags = usePolled(readFlags, 60);
  const nameOf = (code: string) => regionName(regions, code);
  const name = region === 'GLOBAL' ? 'all regions' : nameOf(region);
  const current = rulesRead === ABSENT ? null : rulesRead;
  const rules = current?.versions.find(({ version }) => version === current.current) ?? null;
  return (
    <>
      <title>Pipeline · Top Songs</title>
      <div className="pipeline-head">
        <h1>Pipeline</h1>
        <p className="pipeline-subject">
          From a play to a rank. Every hour must balance before it is called final.
        </p>
        <State status={status} balance={balance} audit={audit} flags={flags} />
      </div>
      <Section
        id="stages"
        head="Stages"
        what="The state of the pipeline"
        reading={status}
        aside={status.answer && <small>as of {timeWords(Date.parse(status.answer.now))} UTC</small>}
        empty={({ stages }) =>
          stages.length === 0 ? 'No stage has run yet. The first is the stream, with the first play.' : null
        }
      >
        {(answer) => <Spine stages={drawnStages(answer)} />}
      </Section>
      <div className="pipeline-columns">
        <div>
          <Section
            id="sheet"
            head={`Balance sheet, ${name}`}
            what="The balance sheet"
            reading={balance}
            aside={<RegionSelect region={region} regions={regions ?? []} onPick={pick} />}
            empty={nothingCounted}
            absent={`There is no region ${region}. Pick one from the list.`}
          >
            {(rows) => (
              <>
                <p className="beside">
                  received = counted + duplicate + too short + over cap
                  {rows.some((row) => row.excluded) && ' + excluded'}. {amount(rows.length, 'hour')} of the
                  last 24 {rows.length === 1 ? 'has' : 'have'} a chart.
                </p>
                <BalanceSheet rows={sheetRows(rows)} region={name} />
              </>
            )}
          </Section>
          <Section
            id="runs"
            head="Last runs"
            what="The list of runs"
            reading={status}
            aside={<small>newest first</small>}
            empty={({ runs }) => ((runs ?? []).length === 0 ? 'No run of a pipeline has ended yet.' : null)}
          >
            {(answer) => <Runs runs={answer.runs} now={now} />}
          </Section>
        </div>
        <div>
          <WhyNotCounted balance={balance} rules={rules} name={name} />
          <Section
            id="audit"
            head="Kafka against the lake"
            what="The audit of offsets"
            reading={audit}
            empty={({ audited_at }) =>
              audited_at === null ? 'The offsets have not been audited yet.' : null
            }
          >
            {(answer) => <AuditTable audit={answer} now={now} />}
          </Section>
          <Section
            id="flags"
            head="Flags of the last 24 hours"
            what="The list of flags"
            reading={flags}
            empty={(answer) => (answer.length === 0 ? 'Nothing looked wrong in the last 24 hours.' : null)}
          >
            {(answer) => (
              <Flags flags={answer} nameOf={nameOf} all={`/v1/flags?${new URLSearchParams(last24Hours())}`} />
            )}
          </Section>
        </div>
      </div>
      <PageFoot live={live.open} />
    </>
  );
}

interface StateProps {
  status: Polled<PipelineStatus>;
  balance: Polled<Maybe<BalanceRow[]>>;
  audit: Polled<Maybe<Audit>>;
  flags: Polled<Maybe<Flag[]>>;
}

/** The page in a line: how the stages stand, what is wrong besides, and what could not be read. All that is spoken of it. */
function State({ status, balance, audit, flags }: StateProps) {
  const rows = balance.answer === ABSENT ? null : balance.answer;
  const audited = audit.answer === ABSENT ? null : audit.answer;
  const faults = faultWords(sheetRows(rows ?? []), status.answer?.runs ?? [], audited);
  const unread = [
    status.failed && 'the state of the pipeline',
    balance.failed && 'the balance sheet',
    audit.failed && 'the audit of offsets',
    flags.failed && 'the list of flags',
  ].filter((what) => what !== false);
  const wrong = [...faults, ...(unread.length > 0 ? [`${unread.join(', ')} could not be read`] : [])];
  const stages = status.answer && !status.failed ? stagesWords(drawnStages(status.answer)) : '';
  return (
    <p className="pipeline-state" role="status">
      {stages && (
        <strong>
          {stages}
          {wrong.length > 0 && ','}
        </strong>
      )}{' '}
      {wrong.length > 0 && <strong className="trouble">{wrong.join(', ')}</strong>}
    </p>
  );
}

interface WhyProps {
  balance: Polled<Maybe<BalanceRow[]>>;
  rules: Parameters<typeof reasonsOf>[1];
  name: string;
}

function WhyNotCounted({ balance, rules, name }: WhyProps) {
  return (
    <Section
      id="why"
      head="Why plays did not count"
      what="The balance sheet"
      reading={balance}
      aside={<small>{name}, 24 hours</small>}
      empty={nothingCounted}
    >
      {(rows) => {
        const totals = totalsOf(sheetRows(rows));
        return <Reasons reasons={reasonsOf(totals, rules)} totals={totals} />;
      }}
    </Section>
  );
}

function nothingCounted(rows: BalanceRow[]): string | null {
  return rows.length === 0 ? 'No hour of the last 24 has been counted.' : null;
}
