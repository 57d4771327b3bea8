import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { fetchPeriods } from '../../api/client';
import type { Granularity } from '../../api/types';
import { daySlots, daysOf, hourSlots, monthOf, type Slot } from '../calendar';
import { count } from '../numbers';
import { dateWords, hourWords, monthWords, startOf, weekdayAlone, wireInstant } from '../period';
import { usePolled } from '../usePolled';
import { Icon } from './Icon';
import { TryAgain } from './TryAgain';

interface Props {
  region: string;
  granularity: Granularity;
  /** The period on the page, or null when there is none. */
  start: number | null;
  now: number;
  onPick(at: string | null): void;
}

/** Of any week. */
const MONDAY_TO_SUNDAY = Array.from({ length: 7 }, (_, i) => Date.UTC(2026, 10, 23 + i));

/** A month of days, and in hours the chosen day's 24: only those that have a chart can be chosen. */
export default function PeriodPicker({ region, granularity, start, now, onPick }: Props) {
  const [turnedTo, setMonth] = useState<number | null>(null);
  const [picked, setDay] = useState<number | null>(null);
  const month = turnedTo ?? monthOf(start ?? now);
  const day = picked ?? startOf('day', start ?? now);
  const {
    answer: periods,
    failed,
    trying,
    retry,
  } = usePolled(
    useCallback(
      (signal: AbortSignal) =>
        fetchPeriods(region, granularity, wireInstant(month), wireInstant(monthOf(month, 1)), signal),
      [region, granularity, month],
    ),
    60,
  );
  const dialog = useFocusInside(periods !== null, failed);
  const { days, before } = daysOf(month);
  const pickDay = (at: number) => (granularity === 'day' ? onPick(wireInstant(at)) : setDay(at));
  return (
    <div
      className="popover period-popover"
      role="dialog"
      aria-label={`Choose ${granularity === 'day' ? 'a day' : 'an hour'}`}
      ref={dialog}
      tabIndex={-1}
    >
      <div className="month">
        <button
          type="button"
          className="icon-button"
          aria-label="Previous month"
          onClick={() => setMonth(monthOf(month, -1))}
        >
          <Icon name="left" />
        </button>
        <strong aria-live="polite">{monthWords(month)}</strong>
        <button
          type="button"
          className="icon-button"
          aria-label="Next month"
          disabled={monthOf(month, 1) > now}
          onClick={() => setMonth(monthOf(month, 1))}
        >
          <Icon name="right" />
        </button>
      </div>
      <div className="calendar">
        <div inert={periods === null}>
          <div className="weekdays" aria-hidden="true">
            {MONDAY_TO_SUNDAY.map((day) => (
              <span key={day}>{weekdayAlone(day)}</span>
            ))}
          </div>
          <Slots
            slots={daySlots(days, periods ?? [])}
            columns={7}
            before={before}
            chosen={granularity === 'day' ? start : day}
            words={(at) => ({ shown: count(new Date(at).getUTCDate()), said: dateWords(at) })}
            onPick={pickDay}
          />
          {granularity === 'hour' && monthOf(day) === month && (
            <>
              <p className="slots-head">{dateWords(day)}, hours in UTC</p>
              <Slots
                slots={hourSlots(day, periods ?? [])}
                columns={6}
                before={0}
                chosen={start}
                words={(at) => ({ shown: hourWords(at).slice(0, 5), said: `${hourWords(at)} UTC` })}
                onPick={(at) => onPick(wireInstant(at))}
              />
            </>
          )}
        </div>
        {!periods && (
          <div className="calendar-note">
            <p role="status">
              {failed ? `The ${granularity}s did not load.` : `Loading the ${granularity}s…`}
            </p>
            {failed && <TryAgain trying={trying} onTry={retry} />}
          </div>
        )}
      </div>
      <button type="button" className="button latest-button" onClick={() => onPick(null)}>
        Latest settled {granularity}
      </button>
    </div>
  );
}

/** Brings the focus in when the dialog opens, and on to the chosen slot, the first one or Try again when there is one. */
function useFocusInside(loaded: boolean, failed: boolean): RefObject<HTMLDivElement | null> {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const around = dialog.current;
    if (!around?.contains(document.activeElement)) around?.focus();
    if (document.activeElement !== around || !(loaded || failed)) return;
    const places = [...(around?.querySelectorAll<HTMLElement>('.calendar button:enabled') ?? [])];
    (places.findLast((place) => place.ariaPressed === 'true') ?? places[0])?.focus();
  }, [loaded, failed]);
  return dialog;
}

interface SlotsProps {
  slots: Slot[];
  columns: number;
  before: number;
  chosen: number | null;
  words(start: number): { shown: string; said: string };
  onPick(start: number): void;
}

function Slots({ slots, columns, before, chosen, words, onPick }: SlotsProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shortcut; every button is reachable by Tab.
    <div className={`slots of-${columns}`} onKeyDown={(event) => moveFocus(event, columns)}>
      {slots.map(({ start, status }, i) => (
        <button
          key={start}
          type="button"
          disabled={status === null}
          aria-pressed={start === chosen}
          aria-label={`${words(start).said}${status ? `, ${status}` : ', no chart'}`}
          className={status ?? ''}
          style={i === 0 && before > 0 ? { gridColumnStart: before + 1 } : undefined}
          onClick={() => onPick(start)}
        >
          {words(start).shown}
        </button>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>, columns: number): void {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  let place = buttons.indexOf(event.target as HTMLButtonElement) + step;
  while (buttons[place]?.disabled) place += step;
  buttons[place]?.focus();
}
