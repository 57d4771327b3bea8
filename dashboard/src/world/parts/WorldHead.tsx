import type { RefObject } from 'react';
import { sameMoment, stepsFrom } from '../../chart/calendar';
import { Icon } from '../../chart/parts/Icon';
import { KeyHelp } from '../../chart/parts/KeyHelp';
import { StatusChip } from '../../chart/parts/StatusChip';
import { PeriodControls } from '../../chart/parts/Toolbar';
import { usePopover } from '../../chart/parts/usePopover';
import { clockWords, periodInSentence, periodWords, timeWords } from '../../chart/period';
import { openSong, stepRow } from '../../chart/rows';
import { useKeys } from '../../chart/useKeys';
import { useSwipe } from '../../chart/useSwipe';
import type { WorldAddress, WorldView } from '../address';
import { settledWords } from '../leaders';
import type { WorldReading } from '../useWorld';

const KEYS = [
  ['[ ]', 'Previous and next period, as a swipe does'],
  ['H D', 'Hour or day'],
  ['P', 'Choose a period'],
  ['M T', 'Map or table'],
  ['C', 'Compare regions'],
  ['J K', 'Next and previous row of the table'],
  ['Enter', 'Open the song of the row'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
] as const;

interface Props {
  address: WorldAddress;
  go(change: Partial<WorldAddress>): void;
  reading: WorldReading;
  start: number | null;
  now: number;
  /** The regions to begin a comparison with. */
  compared: string[];
  keyDialog: RefObject<HTMLDialogElement | null>;
}

/** What is shown, how settled it is, and every control and key that shows something else. */
export function WorldHead({ address, go, reading, start, now, compared, keyDialog }: Props) {
  const { granularity, at, compare } = address;
  const periodPopover = usePopover();
  const steps = stepsFrom(reading.world, granularity, start, now);
  const look = (view: WorldView) => go({ view, compare: null });
  const beginComparing = () => compare === null && go({ compare: compared });
  const previous = () => steps.previous && go({ at: steps.previous });
  const next = () => steps.next && go({ at: steps.next });
  useSwipe({ previous, next });
  const [keysOn, turnKeys] = useKeys({
    '[': previous,
    ']': next,
    h: () => go({ granularity: 'hour', at: granularity === 'hour' ? at : sameMoment('hour', at, now) }),
    d: () => go({ granularity: 'day', at: sameMoment('day', at, now) }),
    p: periodPopover.show,
    m: () => look('map'),
    t: () => look('table'),
    c: beginComparing,
    j: () => stepRow(1),
    k: () => stepRow(-1),
    enter: openSong,
    '?': () => keyDialog.current?.showModal(),
  });
  return (
    <>
      <title>{`World${start === null ? '' : `, ${periodWords(granularity, start)} UTC`} · Top Songs`}</title>
      <div className="page-head world-head">
        <h1>World</h1>
        <p className="subject">
          {compare ? `Top 10s of the ${granularity}, side by side` : 'Every region’s No. 1'}
        </p>
        <State reading={reading} granularity={granularity} start={start} />
        <div className="toolbar">
          <div className="controls">
            <PeriodControls
              address={{ ...address, region: 'GLOBAL' }}
              start={start}
              {...steps}
              now={now}
              popover={periodPopover}
              go={go}
            />
          </div>
          <div className="outputs">
            <fieldset className="toggle view">
              <legend className="hidden">View</legend>
              <button
                type="button"
                aria-pressed={compare === null && address.view === 'map'}
                onClick={() => look('map')}
              >
                <Icon name="tiles" /> <span>Map</span>
              </button>
              <button
                type="button"
                aria-pressed={compare === null && address.view === 'table'}
                onClick={() => look('table')}
              >
                <Icon name="grid" /> <span>Table</span>
              </button>
              <button type="button" aria-pressed={compare !== null} onClick={beginComparing}>
                <Icon name="columns" /> <span>Compare</span>
              </button>
            </fieldset>
          </div>
        </div>
      </div>
      <KeyHelp dialog={keyDialog} on={keysOn} turn={turnKeys} keys={KEYS} />
    </>
  );
}

interface StateProps extends Pick<Props, 'reading' | 'start'> {
  granularity: WorldAddress['granularity'];
}

function State({ reading: { world, waiting, failure }, granularity, start }: StateProps) {
  if (waiting === 'loading' || waiting === 'long') {
    return (
      <p className="status-line" role="status">
        {waiting === 'long'
          ? `Still loading. This ${granularity} is large.`
          : `Loading the ${start === null ? `latest ${granularity}` : periodInSentence(granularity, start)}…`}
      </p>
    );
  }
  if (world) {
    return (
      <p className="status-line">
        <StatusChip chip={world.status} live />
        {failure ? (
          <span className="trouble" role="status">
            not refreshed at {clockWords(failure.at)} UTC, trying again
          </span>
        ) : (
          <span>{settledWords(world)}</span>
        )}
      </p>
    );
  }
  return (
    <p className="status-line" role="status">
      {failure && <strong className="trouble">Not loaded at {timeWords(failure.at)} UTC</strong>}
    </p>
  );
}
