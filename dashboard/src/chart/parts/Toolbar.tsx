import { lazy } from 'react';
import type { Granularity } from '../../api/types';
import type { Address, View } from '../address';
import { sameMoment } from '../calendar';
import { dateWords, hourWords } from '../period';
import { Icon } from './Icon';
import { Later } from './Later';
import type { PopoverHandle } from './usePopover';

const PeriodPicker = lazy(() => import('./PeriodPicker'));

/** What the controls of the period are about: every page that has one has these in its address. */
export type PeriodAddress = Pick<Address, 'region' | 'granularity' | 'at'>;

interface Props {
  address: PeriodAddress;
  /** Where the period on the page starts, or null when none is known yet. */
  start: number | null;
  previous: string | null;
  next: string | null;
  now: number;
  popover: PopoverHandle;
  go(change: Partial<Pick<Address, 'granularity' | 'at'>>): void;
}

/** Hour or day, and which one. */
export function PeriodControls({ address, start, previous, next, now, popover, go }: Props) {
  const unit = address.granularity;
  return (
    <>
      <fieldset className="toggle granularity">
        <legend className="hidden">Length of the period</legend>
        {(['hour', 'day'] as const).map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={unit === option}
            onClick={() =>
              unit !== option && go({ granularity: option, at: sameMoment(option, address.at, now) })
            }
          >
            {option === 'hour' ? 'Hour' : 'Day'}
          </button>
        ))}
      </fieldset>
      <div className="stepper" ref={popover.around}>
        <button
          type="button"
          aria-label={`Previous ${unit}`}
          disabled={!previous}
          onClick={() => go({ at: previous })}
        >
          <Icon name="left" />
        </button>
        <button
          type="button"
          className="period"
          aria-haspopup="dialog"
          aria-expanded={popover.open}
          onClick={popover.toggle}
        >
          {start === null ? <span>Latest {unit}</span> : <PeriodText unit={unit} start={start} />}
          <span className="hidden">, choose another {unit}</span>
        </button>
        <button type="button" aria-label={`Next ${unit}`} disabled={!next} onClick={() => go({ at: next })}>
          <Icon name="right" />
        </button>
        {popover.open && (
          <Later what="the periods" waiting={null}>
            <PeriodPicker
              key={`${address.region}/${unit}`}
              region={address.region}
              granularity={unit}
              start={start}
              now={now}
              onPick={(at) => {
                popover.close();
                go({ at });
              }}
            />
          </Later>
        )}
      </div>
    </>
  );
}

function PeriodText({ unit, start }: { unit: Granularity; start: number }) {
  return (
    <span className="period-text">
      <span>{dateWords(start)}</span>
      {unit === 'hour' && <i>, </i>}
      <span>
        {unit === 'hour' && hourWords(start)} <small>UTC</small>
      </span>
    </span>
  );
}

interface ViewProps {
  go(change: Partial<Address>): void;
  view: View;
  comparing: boolean;
}

/** Neither is chosen while other rules are looked at; choosing one leaves them. */
export function ViewSwitch({ view, comparing, go }: ViewProps) {
  const shown = comparing ? null : view;
  return (
    <fieldset className="toggle view">
      <legend className="hidden">View</legend>
      <button
        type="button"
        aria-pressed={shown === 'chart'}
        onClick={() => go({ view: 'chart', rules: null })}
      >
        <Icon name="bars" /> <span>Chart</span>
      </button>
      <button
        type="button"
        aria-pressed={shown === 'table'}
        onClick={() => go({ view: 'table', rules: null })}
      >
        <Icon name="grid" /> <span>Table</span>
      </button>
    </fieldset>
  );
}
