import { useCallback } from 'react';
import {
  ABSENT,
  fetchAudit,
  fetchBalance,
  fetchFlags,
  fetchRegions,
  fetchRules,
  fetchStatus,
} from '../api/client';
import type { BalanceRow } from '../api/types';
import { ageWords, amount, startOf, wireInstant } from '../chart/period';
import { placeName } from '../chart/regions';
import { useAddress } from '../chart/useAddress';
import { useNow } from '../chart/useNow';
import { type Polled, usePolled } from '../chart/usePolled';
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
import '../styles/pipeline.css';

const HOUR = 3_600_000;

/** How plays become charts, and whether every one of them is accounted for. */
export default function PipelinePage() {
  const [{ region }, go] = useAddress();
  const now = useNow();
  const to = startOf('hour', now) + HOUR;
  const [from, until] = [wireInstant(to - 24 * HOUR), wireInstant(to)];
  const { answer: regions } = usePolled(fetchRegions, 300);
  const { answer: rulesRead } = usePolled(fetchRules, 600);
  const status = usePolled(fetchStatus, 15);
  const balance = usePolled(
    useCallback((signal: AbortSignal) => fetchBalance(region, from, until, signal), [region, from, until]),
    30,
  );
  const audit = usePolled(fetchAudit, 60);
  const flags = usePolled(
    useCallback((signal: AbortSignal) => fetchFlags(from, until, signal), [from, until]),
    60,
  );
  const nameOf = (code: string) =>
    regions?.find((known) => known.region === code)?.name ?? placeName(code) ?? code;
  const name = region === 'GLOBAL' ? 'all regions' : nameOf(region);
  const current = rulesRead === null || rulesRead === ABSENT ? null : rulesRead;
  const rules = current?.versions.find(({ version }) => version === current.current) ?? null;
  const stages = status.answer && drawnStages(status.answer);
  return (
    <>
      <title>Pipeline · Top Songs</title>
      <div className="pipeline-head">
        <h1>Pipeline</h1>
        <p className="pipeline-subject">
          From a play to a rank. Every hour must balance before it is called final.
        </p>
        <p className="pipeline-state" role="status">
          {stages && !status.failed && <strong>{stagesWords(stages)}</strong>}
          {status.failed && <strong className="trouble">the pipeline’s state cannot be read</strong>}
        </p>
      </div>
      <Section
        id="stages"
        head="Stages"
        what="The state of the pipeline"
        reading={status}
        aside={status.answer && <small>as of {ageWords(Date.parse(status.answer.now), now)}</small>}
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
            aside={
              <RegionSelect
                region={region}
                regions={regions ?? []}
                onPick={(picked) => go({ region: picked })}
              />
            }
            empty={nothingCounted}
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
              <Flags
                flags={answer}
                nameOf={nameOf}
                all={`/v1/flags?${new URLSearchParams({ from, to: until })}`}
              />
            )}
          </Section>
        </div>
      </div>
      <footer className="page-foot">
        <p>Every play is counted once. All times are UTC.</p>
      </footer>
    </>
  );
}

interface WhyProps {
  balance: Polled<BalanceRow[]>;
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
