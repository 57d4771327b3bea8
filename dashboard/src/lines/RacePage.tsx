import { type RefObject, useCallback, useRef } from 'react';
import { ABSENT, fetchRace, fetchRegions, type Maybe, RACE_PERIODS } from '../api/client';
import type { Race, Region } from '../api/types';
import type { Address } from '../chart/address';
import { neighbours, sameMoment } from '../chart/calendar';
import { keepLastGood, lastGood } from '../chart/lastGood';
import { noticeOf, type Shown } from '../chart/notice';
import { KeyHelp, type Keys } from '../chart/parts/KeyHelp';
import { NoticeBlock } from '../chart/parts/NoticeBlock';
import { PageFoot } from '../chart/parts/PageFoot';
import { RegionPicker } from '../chart/parts/RegionPicker';
import { PeriodControls } from '../chart/parts/Toolbar';
import { type PopoverHandle, usePopover } from '../chart/parts/usePopover';
import { wireInstant } from '../chart/period';
import { regionName } from '../chart/regions';
import { useAddress } from '../chart/useAddress';
import { useKeys } from '../chart/useKeys';
import { LIVE_SECONDS, useLive } from '../chart/useLive';
import { useNow } from '../chart/useNow';
import { useOnline } from '../chart/useOnline';
import { usePolled } from '../chart/usePolled';
import { useSwipe } from '../chart/useSwipe';
import { useWaiting } from '../chart/useWaiting';
import { RaceBoard, rangeWords } from './parts/RaceBoard';
import { Unread } from './parts/Unread';
import { useLast } from './useLast';
import '../styles/lines.css';

interface Answer {
  race: Race | null;
  /** The latest, where there is none of the period that was asked for. */
  nearest: Race | null;
}

const KEPT = 'top-songs.last-good-race';

const KEYS: Keys = [
  ['Space', 'Play or pause'],
  ['← →', 'On the slider, back and on; Home and End to its ends'],
  ['[ ]', 'The race up to the period before or after, as a swipe does'],
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
  const online = useOnline();
  const { answer: regions } = usePolled(fetchRegions, 300);
  const live = useLive(region, granularity, at, RACE_PERIODS[granularity]);
  const reading = usePolled(
    useCallback(
      async (signal: AbortSignal): Promise<Answer> => {
        const race = raceIn(await fetchRace(region, granularity, at, signal));
        if (race) keepLastGood(KEPT, race);
        const nearest = race || !at ? null : raceIn(await fetchRace(region, granularity, null, signal));
        return { race, nearest };
      },
      [region, granularity, at],
    ),
    ({ race }) => (live.open || (at && race?.periods.at(-1)?.status === 'final') ? LIVE_SECONDS : 15),
    live.charts,
  );
  const waiting = useWaiting(`${region} ${granularity} ${at}`, reading.answer !== null || reading.failed);
  const last = useLast(reading.answer?.race ?? null);
  // For the first moments after a click the old race stays, rather than flash an empty page.
  const race = reading.answer?.race ?? (waiting === 'briefly' ? last : null);
  const lastPeriod = race?.periods.at(-1)?.period_start ?? at;
  const start = lastPeriod === null ? null : Date.parse(lastPeriod);
  const keyDialog = useRef<HTMLDialogElement>(null);
  const regionPopover = usePopover();
  return (
    <>
      <Head
        address={address}
        go={go}
        race={race}
        regions={regions ?? []}
        start={start}
        now={now}
        regionPopover={regionPopover}
        keyDialog={keyDialog}
      />
      <div className="race-body">
        {race && reading.failed && <Unread what="race" reading={reading} shown />}
        {!race && waiting !== 'no' && (
          <p className="note breathing" role="status">
            {waiting === 'loading' && 'Loading the race…'}
            {waiting === 'long' && 'Still loading. There are many charts in it.'}
          </p>
        )}
        {!race && waiting === 'no' && (
          <Missing
            notice={noticeOf({
              region,
              granularity,
              start: at === null ? null : Date.parse(at),
              revision: null,
              now,
              online,
              regions,
              failure: reading.failure,
              page: 'race',
            })}
            last={reading.answer?.nearest ?? last ?? lastGood(KEPT)}
            onSeeLast={(seen) =>
              go({ region: seen.region, granularity: seen.granularity, at: seen.period_start })
            }
            onPickRegion={regionPopover.show}
            onTryAgain={reading.retry}
          />
        )}
        {race && race.songs.length > 0 && (
          <RaceBoard key={`${race.region} ${race.granularity}`} race={race} />
        )}
        {race && race.songs.length === 0 && (
          <section className="nothing">
            <h2>{`No ${granularity} of these has a song`}</h2>
            <p role="status">
              There is nothing to race yet. Look at an earlier period, or at another region.
            </p>
          </section>
        )}
      </div>
      <PageFoot live={live.open} keyDialog={keyDialog} />
    </>
  );
}

function raceIn(answer: Maybe<Race>): Race | null {
  return answer === ABSENT ? null : answer;
}

/** A race, as a notice leads to it: by its last period. */
type Seen = Race & Shown;

type MissingProps = Omit<React.ComponentProps<typeof NoticeBlock<Seen>>, 'last'> & { last: Race | null };

/** Why there is no race, over the last one that there was. */
function Missing({ last, ...notice }: MissingProps) {
  const end = last?.periods.at(-1);
  const seen =
    last && end ? { ...last, period_start: end.period_start, status: end.status ?? 'final' } : null;
  return (
    <div className="race-missing">
      <NoticeBlock {...notice} last={seen} />
      {last && last.songs.length > 0 && (
        <div className="dimmed" inert aria-hidden="true">
          <RaceBoard race={last} />
        </div>
      )}
    </div>
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
  regionPopover: PopoverHandle;
  keyDialog: RefObject<HTMLDialogElement | null>;
}

/** Which race, and what leads to another. The same controls and keys as over a chart. */
function Head({ address, go, race, regions, start, now, regionPopover, keyDialog }: HeadProps) {
  const { region, granularity, at } = address;
  const periodPopover = usePopover();
  const name = regionName(regions, region);
  const steps = start === null ? null : neighbours(granularity, start, now);
  const [previous, next] = [steps?.previous ?? null, steps?.next ?? null].map((step) =>
    step === null ? null : wireInstant(step),
  );
  const back = () => previous && go({ at: previous });
  const on = () => next && go({ at: next });
  useSwipe({ previous: back, next: on });
  const [keysOn, turnKeys] = useKeys({
    '[': back,
    ']': on,
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
