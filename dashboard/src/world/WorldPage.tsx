import { useRef } from 'react';
import { fetchRegions } from '../api/client';
import type { World } from '../api/types';
import { noticeOf } from '../chart/notice';
import { NoticeBlock } from '../chart/parts/NoticeBlock';
import { PageFoot } from '../chart/parts/PageFoot';
import { periodWords } from '../chart/period';
import { regionName } from '../chart/regions';
import { useNow } from '../chart/useNow';
import { useOnline } from '../chart/useOnline';
import { usePolled } from '../chart/usePolled';
import type { WorldAddress } from './address';
import { Compare } from './parts/Compare';
import { Lists } from './parts/Lists';
import { EmptyMap, TileMap } from './parts/TileMap';
import { WorldHead } from './parts/WorldHead';
import { WorldTable } from './parts/WorldTable';
import { useWorld } from './useWorld';
import { useWorldAddress } from './useWorldAddress';
import '../styles/world.css';

/** Every region's number one in one period, and as many as four regions side by side. */
export default function WorldPage() {
  const [address, go] = useWorldAddress();
  const { granularity, at, compare, view } = address;
  const now = useNow();
  const online = useOnline();
  const { answer: regions } = usePolled(fetchRegions, 300);
  const keyDialog = useRef<HTMLDialogElement>(null);
  const reading = useWorld(granularity, at);
  const waiting = reading.waiting !== 'no';
  // For the first moments after a click the old world stays, rather than flash an empty page.
  const world = reading.world ?? (reading.waiting === 'briefly' ? reading.previous : null);
  const begin = reading.world?.period_start ?? at;
  const start = begin === null ? null : Date.parse(begin);
  const nameOf = (code: string) => regionName(regions, code);
  return (
    <>
      <WorldHead
        address={address}
        go={go}
        reading={reading}
        start={start}
        now={now}
        compared={largestOf(reading.world)}
        keyDialog={keyDialog}
      />
      <div className="world-body">
        {compare && (begin !== null || waiting) ? (
          <Compare
            compared={compare}
            granularity={granularity}
            at={begin}
            regions={regions ?? []}
            nameOf={nameOf}
            live={reading.live}
            onChange={(compared) => go({ compare: compared })}
          />
        ) : (
          <>
            {world && <Shown world={world} view={view} onTable={() => go({ view: 'table' })} />}
            {!world && waiting && <Loading breathing={reading.waiting !== 'briefly'} />}
            {!world && !waiting && (
              <Missing
                last={reading.lastGood}
                notice={noticeOf({
                  region: 'GLOBAL',
                  granularity,
                  start,
                  revision: null,
                  now,
                  online,
                  regions: null,
                  failure: reading.failure,
                  page: 'world',
                })}
                onSeeLast={({ period_start, granularity: unit }) =>
                  go({ at: period_start, granularity: unit })
                }
                onTryAgain={reading.retry}
              />
            )}
          </>
        )}
      </div>
      <PageFoot live={reading.live.open} keyDialog={keyDialog} />
    </>
  );
}

interface ShownProps {
  world: World;
  view: WorldAddress['view'];
  onTable(): void;
}

function Shown({ world, view, onTable }: ShownProps) {
  const period = periodWords(world.granularity, Date.parse(world.period_start));
  return (
    <>
      {view === 'table' ? (
        <WorldTable world={world} caption={`Number ones by region, ${period} UTC`} />
      ) : (
        <>
          <a className="skip-map" href="#lists">
            Skip the map
          </a>
          <TileMap world={world} />
          <p className="codes-note">
            Each tile is a region by its code.{' '}
            <button type="button" className="link" onClick={onTable}>
              See the songs by name
            </button>
          </p>
        </>
      )}
      <div id="lists" tabIndex={-1}>
        <Lists world={world} />
      </div>
    </>
  );
}

function Loading({ breathing }: { breathing: boolean }) {
  return (
    <>
      <EmptyMap breathing={breathing} />
      <p className="codes-note" aria-hidden="true" />
      <div className="world-lists loading" aria-hidden="true" />
    </>
  );
}

type MissingProps = Pick<
  React.ComponentProps<typeof NoticeBlock<Named>>,
  'notice' | 'onSeeLast' | 'onTryAgain'
> & { last: World | null };
type Named = World & { region_name: string };

function Missing({ last, ...notice }: MissingProps) {
  return (
    <>
      <NoticeBlock
        {...notice}
        last={last && { ...last, region_name: 'the world' }}
        onPickRegion={() => undefined}
      />
      {last ? (
        <>
          <TileMap world={last} dimmed />
          <Lists world={last} dimmed />
        </>
      ) : (
        <EmptyMap breathing={false} />
      )}
    </>
  );
}

/** The two regions with the most plays: something to begin with. */
function largestOf(world: World | null): string[] {
  const byPlays = (world?.regions ?? []).toSorted((a, b) => b.plays - a.plays);
  return byPlays.slice(0, 2).map(({ region }) => region);
}
