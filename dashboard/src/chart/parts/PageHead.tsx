import type { RefObject } from 'react';
import type { Region } from '../../api/types';
import type { Address } from '../address';
import { sameMoment, stepsFrom } from '../calendar';
import { periodWords } from '../period';
import { placeName } from '../regions';
import { openSong, stepRow } from '../rows';
import { otherRules } from '../rules';
import type { ChartReading } from '../useChart';
import { useKeys } from '../useKeys';
import { useSwipe } from '../useSwipe';
import { Exports } from './Exports';
import { KeyHelp } from './KeyHelp';
import { RegionPicker } from './RegionPicker';
import { StatusLine } from './StatusLine';
import { PeriodControls, ViewSwitch } from './Toolbar';
import { type PopoverHandle, usePopover } from './usePopover';

interface Props {
  address: Address;
  go(change: Partial<Address>): void;
  reading: ChartReading;
  regions: Region[];
  start: number | null;
  now: number;
  regionPopover: PopoverHandle;
  keyDialog: RefObject<HTMLDialogElement | null>;
}

/** What is shown, how settled it is, and every control and key that shows something else. */
export function PageHead({ address, go, reading, regions, start, now, regionPopover, keyDialog }: Props) {
  const { region, granularity, at, view } = address;
  const periodPopover = usePopover();
  const listed = regions.find((r) => r.region === region)?.name;
  const name = listed ?? reading.chart?.region_name ?? placeName(region) ?? region;
  const steps = stepsFrom(reading.chart, granularity, start, now);
  const previous = () => steps.previous && go({ at: steps.previous });
  const next = () => steps.next && go({ at: steps.next });
  useSwipe({ previous, next });
  const [keysOn, turnKeys] = useKeys({
    '[': previous,
    ']': next,
    h: () => go({ granularity: 'hour', at: granularity === 'hour' ? at : sameMoment('hour', at, now) }),
    d: () => go({ granularity: 'day', at: sameMoment('day', at, now) }),
    r: regionPopover.show,
    // On a row, whose figure can be traced, it is that figure's key.
    p: () => traceRow() || periodPopover.show(),
    t: () => go({ view: view === 'chart' ? 'table' : 'chart', rules: null }),
    j: () => stepRow(1),
    k: () => stepRow(-1),
    enter: openSong,
    '?': () => keyDialog.current?.showModal(),
  });
  return (
    <>
      <title>{`${name}, Top 10${start === null ? '' : `, ${periodWords(granularity, start)} UTC`} · Top Songs`}</title>
      <div className="page-head">
        <RegionPicker
          region={region}
          name={name}
          regions={regions}
          granularity={granularity}
          popover={regionPopover}
          onPick={(picked) => go({ region: picked })}
        />
        <p className="subject">Top 10 of the {granularity}</p>
        <StatusLine reading={reading} granularity={granularity} start={start} now={now} />
        <div className="toolbar">
          <div className="controls">
            <PeriodControls
              address={address}
              start={start}
              {...steps}
              now={now}
              popover={periodPopover}
              go={go}
            />
          </div>
          <div className="outputs">
            <ViewSwitch view={view} comparing={otherRules(address.rules, reading.chart) !== null} go={go} />
            <Exports chart={reading.chart} address={address} />
          </div>
        </div>
      </div>
      <KeyHelp dialog={keyDialog} on={keysOn} turn={turnKeys} />
    </>
  );
}

function traceRow(): boolean {
  const figure = document.activeElement?.closest('[data-row]')?.querySelector<HTMLElement>('[data-trace]');
  figure?.click();
  return Boolean(figure);
}
