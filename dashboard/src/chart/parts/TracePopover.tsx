import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ABSENT, fetchTrace } from '../../api/client';
import type { Chart, Entry, Neighbour, Trace } from '../../api/types';
import { count } from '../numbers';
import { amount, dateWords, exactWords, hourWords, timeWords } from '../period';
import {
  deductionsOf,
  disagreement,
  filesWords,
  isGone,
  remainderOf,
  shortChecksum,
  sizeWords,
} from '../trace';
import { useAnswer } from '../useAnswer';
import { closeByClickOutside } from './clickOutside';
import { Icon } from './Icon';
import { PlaysList } from './PlaysList';
import { Title } from './SongName';
import { TryAgain } from './TryAgain';
import '../../styles/trace.css';

interface Props {
  chart: Chart;
  entry: Entry;
  onClose(): void;
}

/** Where a figure comes from, counted anew from the lake. The focus comes in, and goes back to the figure. */
export default function TracePopover({ chart, entry, onClose }: Props) {
  const { region, granularity, period_start } = chart;
  const { song_id } = entry.song;
  const { answer, failure, trying, retry } = useAnswer(
    useCallback(
      (signal: AbortSignal) => fetchTrace(region, granularity, song_id, period_start, signal),
      [region, granularity, song_id, period_start],
    ),
  );
  const dialog = useDialogBeside(song_id, onClose);
  const start = Date.parse(period_start);
  const trace = answer === ABSENT ? null : answer;
  const gone = trace !== null && isGone(trace, entry.plays);
  return (
    <dialog ref={dialog} className="popover trace" aria-labelledby="trace-head">
      <div className="trace-head">
        <h2 id="trace-head" tabIndex={-1}>
          {count(entry.plays)} {entry.plays === 1 ? 'play' : 'plays'}
        </h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="cross" />
        </button>
      </div>
      <p className="trace-subject">
        <Title song={entry.song} region={region} />, {chart.region_name},{' '}
        {granularity === 'hour' ? hourWords(start) : dateWords(start)} UTC
      </p>
      {failure && (
        <div className="trace-note" role="alert">
          <p>The trace did not load. The chart itself is not touched by that.</p>
          <TryAgain className="button solid" trying={trying} onTry={retry} />
          <small>{failure.reference}</small>
        </div>
      )}
      {trace && !gone && <Subtraction trace={trace} />}
      {/* One region from the first moment, so that what comes of the counting is spoken. */}
      <div role="status">
        {answer === null && !failure && <Counting />}
        {answer === ABSENT && (
          <p className="trace-note">
            The service has no trace of this song in this {granularity}. Its plays are kept for a time only.
          </p>
        )}
        {gone && <p className="trace-note">The lake no longer holds these plays. The chart stands.</p>}
        {trace && !gone && <Verdict trace={trace} chart={chart} charted={entry.plays} />}
      </div>
      {trace && !gone && <Evidence trace={trace} />}
    </dialog>
  );
}

function Counting() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 5000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="trace-note waiting">
      {long ? 'Still counting. There are many plays in this period.' : 'Counting its plays in the lake…'}
    </p>
  );
}

function Subtraction({ trace }: { trace: Trace }) {
  return (
    <dl className="subtraction">
      <div className="strong">
        <dt>Received</dt>
        <dd>{count(trace.received)}</dd>
      </div>
      {deductionsOf(trace).map(({ name, plays }) => (
        <div key={name}>
          <dt>
            <span className="sign">−</span> {name}
          </dt>
          <dd>{count(plays)}</dd>
        </div>
      ))}
      <div className="strong ruled">
        <dt>Counted</dt>
        <dd>{count(remainderOf(trace))}</dd>
      </div>
    </dl>
  );
}

/** The page's own check of the subtraction, and the service's of the chart. */
function Verdict({ trace, chart, charted }: { trace: Trace; chart: Chart; charted: number }) {
  const missing = Math.abs(remainderOf(trace) - trace.plays);
  if (missing > 0) {
    return (
      <p className="verdict not">
        <Icon name="cross" /> The service counts {count(trace.plays)}: {amount(missing, 'play')} without a
        reason.
      </p>
    );
  }
  const disagrees = disagreement(trace, chart, charted);
  return (
    <p className={`verdict${disagrees ? ' not' : ''}`}>
      <Icon name={disagrees ? 'diamond' : 'check'} /> {disagrees ?? 'The lake says the same as the chart.'}
    </p>
  );
}

function Evidence({ trace }: { trace: Trace }) {
  return (
    <>
      <dl className="lines trace-facts">
        <Fact name="Run">
          {trace.run ?? 'not recorded'}, rev. {trace.revision}
        </Fact>
        <Fact name="Checksum of the files">
          <code title={trace.checksum}>{shortChecksum(trace.checksum)}</code>
        </Fact>
        <Fact name="Listeners">{count(trace.listeners)}</Fact>
        {trace.above && <Margin neighbour={trace.above} region={trace.region} side="behind" />}
        {trace.below && <Margin neighbour={trace.below} region={trace.region} side="ahead of" />}
        {trace.first_play && <Moment name="First play" instant={trace.first_play} />}
        {trace.last_play && <Moment name="Last play" instant={trace.last_play} />}
      </dl>
      <Files trace={trace} />
      <PlaysList trace={trace} />
    </>
  );
}

/** What the figure is counted from, file by file. */
function Files({ trace }: { trace: Trace }) {
  const { files, file_count } = trace;
  return (
    <details className="trace-files">
      <summary>
        <span>Source files</span> {filesWords(trace)}
      </summary>
      {files.length < file_count && (
        <p>
          The first {count(files.length)} of {count(file_count)}:
        </p>
      )}
      <ul>
        {files.map(({ path, bytes }) => (
          <li key={path}>
            <code>{path}</code> {bytes === null ? 'no longer in the lake' : sizeWords(bytes)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Margin({ neighbour, region, side }: { neighbour: Neighbour; region: string; side: string }) {
  return (
    <Fact name="Margin">
      {count(Math.abs(neighbour.margin))} {side} <Title song={neighbour.song} region={region} />
    </Fact>
  );
}

function Moment({ name, instant }: { name: string; instant: string }) {
  const at = Date.parse(instant);
  return (
    <Fact name={name}>
      <time dateTime={instant} title={exactWords(at)}>
        {timeWords(at)} UTC
      </time>
    </Fact>
  );
}

const WIDTH = 400;
const EDGE = 16;

/** Opens the dialog beside the figure that it explains, and gives the focus back to the figure when it goes. */
function useDialogBeside(song: string, onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const figure = () => document.querySelector<HTMLElement>(`[data-trace="${CSS.escape(song)}"]`);
    const place = () => {
      const beside = figure()?.getBoundingClientRect();
      const width = Math.min(WIDTH, window.innerWidth - 2 * EDGE);
      const [x, y] = beside ? [beside.right + EDGE, beside.top - 24] : [EDGE, EDGE];
      element.style.left = `${Math.max(EDGE, Math.min(x, window.innerWidth - width - EDGE))}px`;
      element.style.top = `${Math.max(EDGE, Math.min(y, window.innerHeight - element.offsetHeight - EDGE))}px`;
    };
    element.showModal();
    place();
    const size = new ResizeObserver(place);
    size.observe(element);
    window.addEventListener('resize', place);
    return () => {
      size.disconnect();
      window.removeEventListener('resize', place);
      element.close();
      figure()?.focus();
    };
  }, [song]);
  useEffect(() => {
    const element = dialog.current;
    const cancel = (event: Event) => {
      event.preventDefault();
      onClose();
    };
    const letStay = element && closeByClickOutside(element, onClose);
    element?.addEventListener('cancel', cancel);
    return () => {
      element?.removeEventListener('cancel', cancel);
      letStay?.();
    };
  }, [onClose]);
  return dialog;
}
