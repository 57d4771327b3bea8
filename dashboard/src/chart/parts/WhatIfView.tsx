import { useCallback, useEffect, useRef } from 'react';
import { ABSENT, fetchWhatIf } from '../../api/client';
import type { Chart, Counted, Place, Rules, WhatIf } from '../../api/types';
import { differenceOf } from '../balance';
import { count } from '../numbers';
import { ruleDifferences, shiftOf, shiftWords, signed } from '../rules';
import { useAnswer } from '../useAnswer';
import { MovementShape } from './MovementMark';
import { Artist, Title } from './SongName';
import { TryAgain } from './TryAgain';
import '../../styles/what-if.css';
import { Column } from './Column';

interface Props {
  chart: Chart;
  rules: Rules | null;
  /** The version that the chart is compared with. */
  other: string;
  onLeave(): void;
}

/** One period by two versions of the rules, side by side. */
export default function WhatIfView({ chart, rules, other, onLeave }: Props) {
  const { region, granularity, period_start } = chart;
  const { answer, failure, trying, retry } = useAnswer(
    useCallback(
      (signal: AbortSignal) => fetchWhatIf(region, granularity, period_start, other, signal),
      [region, granularity, period_start, other],
    ),
  );
  const head = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rules are another view, to begin at its head.
  useEffect(() => head.current?.focus(), [other]);
  const [base, wanted] = [chart.rules_version, other].map((v) =>
    rules?.versions.find((r) => r.version === v),
  );
  const differences = base && wanted ? ruleDifferences(base, wanted) : [];
  return (
    <section className="what-if" aria-labelledby="what-if-head">
      <div className="what-if-note">
        <h2 id="what-if-head" ref={head} tabIndex={-1}>
          What if rules {other} had counted this {granularity}?
        </h2>
        <p>
          <strong>This is not the published chart.</strong> That one counts by rules {chart.rules_version},
          and these are the same plays counted again. Nothing of it is stored.
          {differences.length > 0 && ` Rules ${other}: ${differences.join(', ')}.`}
        </p>
        <button type="button" className="button solid" onClick={onLeave}>
          Back to the published chart
        </button>
      </div>
      {!answer && !failure && <p role="status">Counting by rules {other}…</p>}
      {failure?.status === 400 && <p role="status">The service has no rules {other}.</p>}
      {failure && failure.status !== 400 && (
        <div role="alert" className="what-if-failed">
          <p>The comparison did not load. The published chart is not touched by that.</p>
          <TryAgain trying={trying} onTry={retry} />
          <small>{failure.reference}</small>
        </div>
      )}
      {answer === ABSENT && (
        <p role="status">
          There is nothing to compare: this {granularity} cannot be counted by rules {other}. Its plays may no
          longer be kept.
        </p>
      )}
      {answer && answer !== ABSENT && <Compared whatIf={answer} chart={chart} />}
    </section>
  );
}

function Compared({ whatIf, chart }: { whatIf: WhatIf; chart: Chart }) {
  const { base, other, entries, region, region_name } = whatIf;
  if (base.balance.received === 0) {
    return (
      <p role="status">
        There is nothing to compare: the lake no longer holds the plays of this {chart.granularity}. The
        published chart stands.
      </p>
    );
  }
  if (entries.length === 0) return <p role="status">No play of this period counts by either rules.</p>;
  return (
    <>
      <p className="what-if-words" role="status">
        {shiftWords(whatIf)}
      </p>
      {base.totals.plays !== chart.totals.plays && (
        <p className="what-if-differs">
          The lake now counts {count(base.totals.plays)} plays by rules {base.rules_version}; the published
          chart says {count(chart.totals.plays)}.
        </p>
      )}
      <section
        className="table-scroll"
        aria-label="Songs by both rules"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <table className="song-table compared">
          <caption className="hidden">
            {region_name} by rules {base.rules_version}, of the published chart, and by rules{' '}
            {other.rules_version}
          </caption>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                Song
              </th>
              <th colSpan={2} scope="colgroup">
                Rules {base.rules_version}, of the published chart
              </th>
              <th colSpan={2} scope="colgroup">
                Rules {other.rules_version}
              </th>
              <th colSpan={2} scope="colgroup">
                What moved
              </th>
            </tr>
            <tr>
              {['Rank', 'Plays', 'Rank', 'Plays', 'Rank', 'Plays'].map((name, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three times the same two heads, which never move.
                <th key={i} scope="col" className="figure">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.song.song_id}>
                <th scope="row">
                  <Title song={entry.song} region={region} /> <Artist song={entry.song} region={region} />
                </th>
                <PlaceCells place={entry.base} />
                <PlaceCells place={entry.other} />
                <td className="figure">
                  <ShiftMark base={entry.base} other={entry.other} />
                </td>
                <td className="figure">
                  {entry.base && entry.other ? signed(entry.other.plays - entry.base.plays) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Books base={base} other={other} />
    </>
  );
}

function PlaceCells({ place }: { place: Place | null }) {
  return (
    <>
      <td className="figure rank">{place ? `${place.rank}${place.tied ? '=' : ''}` : '–'}</td>
      <td className="figure">{count(place?.plays ?? null)}</td>
    </>
  );
}

function ShiftMark({ base, other }: { base: Place | null; other: Place | null }) {
  const { shift, places } = shiftOf(base, other);
  if (shift === 'enters' || shift === 'leaves') {
    return <span className="mark">{shift === 'enters' ? 'enters the ten' : 'leaves the ten'}</span>;
  }
  return (
    <span className={`mark ${shift}`}>
      <MovementShape movement={shift} />
      {places > 0 && <span aria-hidden="true">{places}</span>}
      <span className="hidden">{places > 0 ? `${shift} ${places}` : 'unchanged'}</span>
    </span>
  );
}

const LINES = [
  ['Received', 'received'],
  ['Counted', 'counted'],
  ['Duplicate', 'duplicate'],
  ['Too short', 'too_short'],
  ['Over cap', 'over_cap'],
  ['Excluded', 'excluded'],
] as const;

/** The balance by both rules: the difference must be 0 in each. */
function Books({ base, other }: { base: Counted; other: Counted }) {
  const lines = LINES.filter(([, key]) => key !== 'excluded' || base.balance[key] || other.balance[key]);
  return (
    <table className="books">
      <caption>Where the plays went</caption>
      <thead>
        <tr>
          <td />
          <Column figure>Rules {base.rules_version}</Column>
          <Column figure>Rules {other.rules_version}</Column>
          <Column figure>Change</Column>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, key]) => (
          <Book key={key} name={name} base={base.balance[key] ?? 0} other={other.balance[key] ?? 0} />
        ))}
        <Book name="Difference" base={differenceOf(base.balance)} other={differenceOf(other.balance)} />
      </tbody>
    </table>
  );
}

function Book({ name, base, other }: { name: string; base: number; other: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="figure">{count(base)}</td>
      <td className="figure">{count(other)}</td>
      <td className="figure">{signed(other - base)}</td>
    </tr>
  );
}
