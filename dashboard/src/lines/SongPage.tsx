import { type CSSProperties, type RefObject, useCallback, useMemo, useRef } from 'react';
import { ABSENT, fetchRegions, fetchSong } from '../api/client';
import type { Region, SongNow } from '../api/types';
import { languageOf, widthInLetters } from '../chart/languages';
import { failureNotice } from '../chart/notice';
import { count } from '../chart/numbers';
import { KeyHelp, type Keys } from '../chart/parts/KeyHelp';
import { NoticeBlock } from '../chart/parts/NoticeBlock';
import { PageFoot } from '../chart/parts/PageFoot';
import { Artist } from '../chart/parts/SongName';
import { amount, periodWords, units } from '../chart/period';
import { regionName } from '../chart/regions';
import { useKeys } from '../chart/useKeys';
import { LIVE_SECONDS, type Live, useLive } from '../chart/useLive';
import { useOnline } from '../chart/useOnline';
import { usePolled } from '../chart/usePolled';
import { useWaiting } from '../chart/useWaiting';
import { openFromOf, settledEndOf } from './history';
import { Facts } from './parts/Facts';
import { Panel } from './parts/Panel';
import { SongHistoryPanel } from './parts/SongHistoryPanel';
import { Unread } from './parts/Unread';
import { WhereTable } from './parts/WhereTable';
import { drawnRegions, type SongAddress } from './songAddress';
import { type Headline, headlineOf } from './standings';
import { useLast } from './useLast';
import { useSongAddress } from './useSongAddress';
import '../styles/lines.css';

const NO_REGIONS: Region[] = [];

const KEYS: Keys = [
  ['H D', 'Hours or days'],
  ['T', 'Lines or table'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
];

/** One song: its rank and plays over time, where it charts now, and its facts. */
export default function SongPage() {
  const [address, go] = useSongAddress();
  const { song, granularity } = address;
  const online = useOnline();
  const { answer: regions } = usePolled(fetchRegions, 300);
  const live = useLive(null, granularity, null);
  const reading = usePolled(
    useCallback((signal: AbortSignal) => fetchSong(song, granularity, signal), [song, granularity]),
    live.open ? LIVE_SECONDS : 30,
    live.charts,
  );
  const waiting = useWaiting(`${song} ${granularity}`, reading.answer !== null || reading.failed);
  const last = useLast(reading.answer);
  if (reading.answer === ABSENT) return <NoSuchSong song={song} />;
  // Of hours or days, the other is better than nothing for the moments until they come.
  const kept = last !== ABSENT && last?.song.song_id === song ? last : null;
  const answer = reading.answer ?? kept;
  if (answer !== null) {
    return (
      <>
        {reading.failed && <Unread what="song" reading={reading} shown={reading.answer !== null} />}
        {(waiting === 'loading' || waiting === 'long') && (
          <p className="note breathing" role="status">
            Loading the {granularity}s…{' '}
            {answer.granularity !== granularity && `Below are the ${answer.granularity}s.`}
          </p>
        )}
        <Body now={answer} address={address} regions={regions ?? NO_REGIONS} live={live} go={go} />
      </>
    );
  }
  return (
    <div className="song-missing">
      <title>Song · Top Songs</title>
      <h1>
        <bdi>{song}</bdi>
      </h1>
      {reading.failure ? (
        <NoticeBlock
          notice={failureNotice(reading.failure, online, 'song')}
          last={null}
          onSeeLast={() => undefined}
          onPickRegion={() => undefined}
          onTryAgain={reading.retry}
        />
      ) : (
        <p className="note breathing" role="status">
          {waiting === 'loading' && 'Loading the song…'}
          {waiting === 'long' && 'Still loading. The service takes its time.'}
        </p>
      )}
    </div>
  );
}

function NoSuchSong({ song }: { song: string }) {
  return (
    <section className="not-found">
      <title>No such song · Top Songs</title>
      <h1>There is no such song</h1>
      <p>
        Neither the catalogue nor any chart knows <code>{song}</code>. The charts lead to every song that they
        hold, and the <a href="/world">world</a> to those that are number one somewhere.
      </p>
      <a className="button solid" href="/">
        Go to the charts
      </a>
    </section>
  );
}

interface BodyProps {
  now: SongNow;
  address: SongAddress;
  regions: Region[];
  live: Live;
  go(change: Partial<SongAddress>): void;
}

function Body({ now, address, regions, live, go }: BodyProps) {
  const { song, charts, granularity } = now;
  const headline = headlineOf(charts);
  const nameOf = useCallback(
    (code: string) => charts.find(({ region }) => region === code)?.region_name ?? regionName(regions, code),
    [charts, regions],
  );
  const settledEnd = settledEndOf(now);
  const openFrom = useMemo(() => openFromOf(now), [now]);
  const keyDialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Head now={now} headline={headline} address={address} go={go} keyDialog={keyDialog} />
      {settledEnd === null ? (
        <p className="note" role="status">
          No {granularity} has been settled yet, so there is no rank to show.
        </p>
      ) : (
        <SongHistoryPanel
          song={song.song_id}
          drawn={drawnRegions(address, now)}
          granularity={granularity}
          settledEnd={settledEnd}
          openFrom={openFrom}
          regions={regions}
          nameOf={nameOf}
          view={address.view}
          charted={charts.length > 0}
          live={live}
          go={go}
        />
      )}
      <Columns now={now} />
      <PageFoot live={live.open} keyDialog={keyDialog} />
    </>
  );
}

/** Where it charts, and what the catalogue says of it. */
function Columns({ now }: { now: SongNow }) {
  const { song, charts, granularity, period_start } = now;
  const headline = headlineOf(charts);
  const period = period_start === null ? null : `${periodWords(granularity, Date.parse(period_start))} UTC`;
  return (
    <div className="song-columns">
      <Panel
        id="where"
        head="Where it charts now"
        aside={period && `${period}, ${amount(headline.regions, 'region')}`}
      >
        {charts.length > 0 ? (
          <WhereTable now={now} />
        ) : (
          <p className="note">
            It is not among the 100 of any chart of this {granularity}. Its page stays, and fills when it
            charts.
          </p>
        )}
      </Panel>
      <Panel id="song-facts" head="Facts">
        <Facts song={song} headline={headline} />
      </Panel>
    </div>
  );
}

interface HeadProps extends Omit<BodyProps, 'regions' | 'live'> {
  headline: Headline;
  keyDialog: RefObject<HTMLDialogElement | null>;
}

function Head({ now: { song, granularity, charts }, headline, address, go, keyDialog }: HeadProps) {
  const title = song.title ?? song.song_id;
  const region = charts[0]?.region ?? 'GLOBAL';
  const [keysOn, turnKeys] = useKeys({
    h: () => go({ granularity: 'hour' }),
    d: () => go({ granularity: 'day' }),
    t: () => go({ view: address.view === 'lines' ? 'table' : 'lines' }),
    '?': () => keyDialog.current?.showModal(),
  });
  const letters = { '--letters': widthInLetters(title) } as CSSProperties;
  return (
    <div className="song-head">
      <title>{`${title}${song.artist ? ` by ${song.artist}` : ''} · Top Songs`}</title>
      <div className="song-name">
        <h1 style={letters}>
          <bdi lang={song.title ? languageOf(title, region) : 'en'}>{title}</bdi>
        </h1>
        <p>
          <Artist song={song} region={region} />
        </p>
      </div>
      <dl className="headline">
        <Figure name="No. 1 in" value={headline.first} unit={units(headline.first, 'region')} />
        <Figure name="In the Top 10 of" value={headline.ten} unit={units(headline.ten, 'region')} />
        <Figure
          name="Longest streak now"
          value={headline.streak?.streak ?? null}
          unit={
            headline.streak
              ? `${units(headline.streak.streak, granularity)}, ${headline.streak.region_name}`
              : ''
          }
        />
        <Figure name={`Plays this ${granularity}`} value={headline.plays} unit="all regions" />
      </dl>
      <fieldset className="toggle granularity">
        <legend className="hidden">Length of the periods</legend>
        {(['hour', 'day'] as const).map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={address.granularity === option}
            onClick={() => go({ granularity: option })}
          >
            {option === 'hour' ? 'Hours' : 'Days'}
          </button>
        ))}
      </fieldset>
      <KeyHelp dialog={keyDialog} on={keysOn} turn={turnKeys} keys={KEYS} />
    </div>
  );
}

function Figure({ name, value, unit }: { name: string; value: number | null; unit: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{count(value)}</b> {value !== null && unit}
      </dd>
    </div>
  );
}
