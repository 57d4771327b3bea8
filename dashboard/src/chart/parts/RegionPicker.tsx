import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Granularity, Region } from '../../api/types';
import { widthInLetters } from '../languages';
import { amount, clockWords, dateWords } from '../period';
import { findRegions, latestOf } from '../regions';
import { Icon } from './Icon';
import type { PopoverHandle } from './usePopover';

interface Props {
  region: string;
  name: string;
  regions: Region[];
  granularity: Granularity;
  popover: PopoverHandle;
  onPick(region: string): void;
}

/** The page's heading is the picker: a name that opens a list to type in. */
export function RegionPicker({ region, name, regions, granularity, popover, onPick }: Props) {
  return (
    <div className="region-picker" ref={popover.around}>
      <h1 className={widthInLetters(name) > 16 ? 'long' : ''}>
        <button
          type="button"
          aria-haspopup="listbox"
          aria-expanded={popover.open}
          aria-label={`${name}, choose another region`}
          onClick={popover.toggle}
        >
          {name} <Icon name="down" />
        </button>
      </h1>
      {popover.open && (
        <RegionList
          region={region}
          regions={regions}
          granularity={granularity}
          onPick={(picked) => {
            popover.close();
            onPick(picked);
          }}
        />
      )}
    </div>
  );
}

function RegionList({ region, regions, granularity, onPick }: Omit<Props, 'name' | 'popover'>) {
  const [typed, setTyped] = useState('');
  const found = findRegions(regions, typed);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      regions.findIndex((r) => r.region === region),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const newest = regions
    .map((r) => latestOf(r, granularity) ?? '')
    .toSorted()
    .at(-1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list scrolls when another option becomes active.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, typed]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const picked = found[active];
    if (step) setActive(Math.min(Math.max(active + step, 0), found.length - 1));
    else if (event.key === 'Enter' && picked) onPick(picked.region);
    else return;
    event.preventDefault();
  };
  return (
    <div className="popover region-popover">
      <div className="region-search">
        <input
          type="text"
          role="combobox"
          // biome-ignore lint/a11y/noAutofocus: the list was opened to type in it.
          autoFocus
          placeholder="Find a region"
          aria-label="Find a region"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
        />
        <span role="status">{amount(found.length, 'region')}</span>
      </div>
      <div className="region-list" role="listbox" id={id} aria-label="Regions" ref={list}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the input keeps focus and keys.
          <div
            key={option.region}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // The press would take the focus out of the list, which closes it before the click is done.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(option.region)}
            onPointerMove={() => setActive(index)}
          >
            <b>{option.name}</b>
            <span className="latest">{latestWords(option, granularity, newest)}</span>
            <span className="code">{option.region}</span>
          </div>
        ))}
        {found.length === 0 && (
          <p>
            {typed && regions.length > 0
              ? `No region is called “${typed}”. Charts appear here once a region has plays.`
              : 'No regions have been read yet.'}
          </p>
        )}
      </div>
    </div>
  );
}

/** Says how far a region's charts go only where that is not as far as the others'. */
function latestWords(region: Region, granularity: Granularity, newest: string | undefined): string {
  const latest = latestOf(region, granularity);
  if (latest === null) return `no ${granularity} yet`;
  if (latest === newest) return '';
  const instant = Date.parse(latest);
  return granularity === 'day'
    ? `last ${dateWords(instant)}`
    : `last ${dateWords(instant)}, ${clockWords(instant)} UTC`;
}
