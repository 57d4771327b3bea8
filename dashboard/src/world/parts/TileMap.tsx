import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import type { World, WorldRegion } from '../../api/types';
import { chartOf } from '../../chart/address';
import { Artist, Title } from '../../chart/parts/SongName';
import { fillOf, isFresh, type Leaders, leadersOf } from '../leaders';
import { emptyPlaces, type Place, placeBy, type Tile, tilesOf } from '../tiles';
import { Key } from './Key';

interface Props {
  world: World;
  /** Shown as a reminder of the last good one, behind a notice: it can be neither used nor heard. */
  dimmed?: boolean;
}

/** Every region's number one about where the region lies, each a link to its chart. Arrow keys go from tile to tile. */
export function TileMap({ world, dimmed = false }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const tiles = tilesOf(world.regions);
  const leaders = leadersOf(world.regions);
  const step = (event: KeyboardEvent) => {
    const code = (event.target as HTMLElement).dataset.region;
    const from = tiles.find(({ region }) => region.region === code);
    const to = from && placeBy(tiles, from, event.key);
    if (!to) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-region="${to.region.region}"]`)?.focus();
  };
  return (
    <div className={`world-map${dimmed ? ' dimmed' : ''}`} inert={dimmed} aria-hidden={dimmed}>
      <Key world={world} leaders={leaders} />
      <ul className="tiles" aria-label="Number ones by region" ref={list} onKeyDown={step}>
        {tiles.map((tile) => (
          <RegionTile key={tile.region.region} tile={tile} world={world} leaders={leaders} />
        ))}
        {emptyPlaces(world.regions).map((place) => (
          <li key={place.code} className="no-tile" style={at(place)} aria-hidden="true" />
        ))}
      </ul>
    </div>
  );
}

/** The same shape before the answer is there. */
export function EmptyMap({ breathing }: { breathing: boolean }) {
  return (
    <div className={`world-map${breathing ? ' breathing' : ''}`} aria-hidden="true">
      <div className="world-key" />
      <ul className="tiles">
        {emptyPlaces([]).map((place) => (
          <li key={place.code} className="no-tile" style={at(place)} />
        ))}
      </ul>
    </div>
  );
}

interface TileProps {
  tile: Tile<WorldRegion>;
  world: World;
  leaders: Leaders;
}

function RegionTile({ tile, world: { granularity, period_start }, leaders }: TileProps) {
  const { region: code, region_name, status, number_one } = tile.region;
  const fresh = isFresh(tile.region);
  const classes = ['tile', fillOf(tile.region, leaders), status, ...(fresh ? ['fresh'] : [])];
  return (
    <li style={at(tile)}>
      <a className={classes.join(' ')} href={chartOf(code, granularity, period_start)} data-region={code}>
        <b>{code}</b> <span className="hidden">{region_name}: </span>
        {number_one ? (
          <span className="tile-song">
            <Title song={number_one.song} region={code} />
            <span className="hidden">
              , <Artist song={number_one.song} region={code} />
              {number_one.tied && ', tied'}
              {fresh && `, new No. 1`}
            </span>
          </span>
        ) : (
          <span className="tile-song">no plays</span>
        )}
        {status !== 'final' && <span className="hidden">, {status}</span>}
      </a>
    </li>
  );
}

function at({ row, column }: Place): CSSProperties {
  return { gridRow: row, gridColumn: column };
}
