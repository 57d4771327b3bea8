import { type RefObject, useCallback, useRef } from 'react';
import { ABSENT, fetchRace, fetchRegions } from '../api/client';
import type { Race, Region } from '../api/types';
import type { Address } from '../chart/address';
import { neighbours, sameMoment } from '../chart/calendar';
import { noticeOf } from '../chart/notice';
import { KeyHelp, type Keys } from '../chart/parts/KeyHelp';
import { RegionPicker } from '../chart/parts/RegionPicker';
import { PeriodControls } from '../chart/parts/Toolbar';
import { usePopover } from '../chart/parts/usePopover';
import { wireInstant } from '../chart/period';
import { placeName } from '../chart/regions';
import { useAddress } from '../chart/useAddress';
import { useKeys } from '../chart/useKeys';
import { useNow } from '../chart/useNow';
import { usePolled } from '../chart/usePolled';
import { useWaiting } from '../chart/useWaiting';
import { RaceBoard, rangeWords } from './parts/RaceBoard';
import { Unread } from './parts/Unread';
import { useLast } from './useLast';
import '../styles/lines.css';

const KEYS: Keys = [
  ['Space', 'Play or pause'],
  ['← →', 'On the slider, back and on; Home and End to its ends'],
  ['[ ]', 'The race up to the period before or after'],
  ['H D', 'Hours or days'],
  ['R', 'Choose a region'],
  ['P', 'Choose the last period'],
  ['?', 'This list'],
];

/** The Top 10 of the last 24 hours or 30 days as a race that can be played. */
export default function RacePage() {
  const [address, go] = useAddress();
  const { region, granularity, at } = address;
  const now = useNow();
  const { answer: regions } = usePolled(fetchRegions, 300);
  const reading = usePolled(
    useCallback(
      (signal: AbortSignal) => fetchRace(region, granularity, at, signal),
      [region, granularity, at],
    ),
    60,
  );
  const waiting = useWaiting(`${region} ${granularity} ${at}`, reading.answer !== null || reading.failed);
  const last = useLast(reading.answer);
  // For the first moments after a click the old race stays, rather than flash an empty page.
  const answer = reading.answer ?? (waiting === 'briefly' ? last : null);
  const race = answer === ABSENT ? null : answer;
  const lastPeriod = race?.periods.at(-1)?.period_start ?? at;
  const start = lastPeriod === null ? null : Date.parse(lastPeriod);
  const keyDialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Head
        address={address}
        go={go}
        race={race}
        regions={regions ?? []}
        start={start}
        now={now}
        keyDialog={keyDialog}
      />
      <div className="race-body">
        {reading.failed && <Unread what="This race" reading={reading} />}
        {!race && !reading.failed && reading.answer !== ABSENT && (
          <p className="note breathing" role="status">
            {waiting === 'loading' && 'Loading the race…'}
            {waiting === 'long' && 'Still loading. There are many charts in it.'}
          </p>
        )}
        {reading.answer === ABSENT && (
          <Nothing
            {...noticeOf({
              region,
              granularity,
              start: at === null ? null : Date.parse(at),
              revision: null,
              now,
              online: true,
              regions,
              failure: null,
            })}
          />
        )}
        {race && race.songs.length > 0 && (
          <RaceBoard key={`${race.region} ${race.granularity}`} race={race} />
        )}
        {race && race.songs.length === 0 && (
          <Nothing
            title={`No ${granularity} of these has a song`}
            text="There is nothing to race yet. Look at an earlier period, or at another region."
          />
        )}
      </div>
      <footer className="page-foot">
        <p>Every play is counted once. All times are UTC.</p>
        <button type="button" className="link" onClick={() => keyDialog.current?.showModal()}>
          Keys <kbd>?</kbd>
        </button>
      </footer>
    </>
  );
}

function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <section className="nothing">
      <h2>{title}</h2>
      <p role="status">{text}</p>
    </section>
  );
}

interface HeadProps {
  address: Address;
  go(change: Partial<Address>): void;
  race: Race | null;
  regions: Region[];
  /** Where the last period starts; null where it is not known yet. */
  start: number | null;
  now: number;
  keyDialog: RefObject<HTMLDialogElement | null>;
}

/** Which race, and what leads to another. The same controls and keys as over a chart. */
function Head({ address, go, race, regions, start, now, keyDialog }: HeadProps) {
  const { region, granularity, at } = address;
  const regionPopover = usePopover();
  const periodPopover = usePopover();
  const name = regions.find((r) => r.region === region)?.name ?? placeName(region) ?? region;
  const steps = start === null ? null : neighbours(granularity, start, now);
  const [previous, next] = [steps?.previous ?? null, steps?.next ?? null].map((step) =>
    step === null ? null : wireInstant(step),
  );
  const [keysOn, turnKeys] = useKeys({
    '[': () => previous && go({ at: previous }),
    ']': () => next && go({ at: next }),
    h: () => go({ granularity: 'hour', at: granularity === 'hour' ? at : sameMoment('hour', at, now) }),
    d: () => go({ granularity: 'day', at: sameMoment('day', at, now) }),
    r: regionPopover.show,
    p: periodPopover.show,
    '?': () => keyDialog.current?.showModal(),
  });
  return (
    <>
      <title>{`${name}, race of the Top 10 · Top Songs`}</title>
      <div className="page-head">
        <RegionPicker
          region={region}
          name={name}
          regions={regions}
          granularity={granularity}
          popover={regionPopover}
          onPick={(picked) => go({ region: picked })}
        />
        <p className="subject">Race of the Top 10</p>
        <p className="status-line">{race && rangeWords(race)}</p>
        <div className="toolbar">
          <div className="controls">
            <PeriodControls
              address={address}
              start={start}
              previous={previous ?? null}
              next={next ?? null}
              now={now}
              popover={periodPopover}
              go={go}
            />
          </div>
        </div>
      </div>
      <KeyHelp dialog={keyDialog} on={keysOn} turn={turnKeys} keys={KEYS} />
    </>
  );
}
