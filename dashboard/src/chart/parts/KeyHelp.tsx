import { type RefObject, useEffect } from 'react';
import { closeByClickOutside } from './clickOutside';
import { Icon } from './Icon';

export type Keys = readonly (readonly [keys: string, action: string])[];

const CHART_KEYS: Keys = [
  ['[ ]', 'Previous and next period, as a swipe does'],
  ['H D', 'Hour or day'],
  ['R', 'Choose a region'],
  ['T', 'Chart or table'],
  ['J K', 'Next and previous row'],
  ['Enter', 'Open the song of the row'],
  ['P', 'Trace the plays of the row, or else choose a period'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
];

interface Props {
  dialog: RefObject<HTMLDialogElement | null>;
  on: boolean;
  turn(on: boolean): void;
  /** Those of the page, if it is not the chart's. */
  keys?: Keys;
}

export function KeyHelp({ dialog, on, turn, keys = CHART_KEYS }: Props) {
  useEffect(() => {
    const element = dialog.current;
    return element ? closeByClickOutside(element, () => element.close()) : undefined;
  }, [dialog]);
  return (
    <dialog ref={dialog} className="popover key-help" aria-labelledby="keys-head">
      <form method="dialog">
        <h2 id="keys-head">Keys</h2>
        <button type="submit" className="icon-button" aria-label="Close">
          <Icon name="cross" />
        </button>
      </form>
      <dl className={on ? '' : 'off'}>
        {keys.map(([names, action]) => (
          <div key={names}>
            <dt>
              {names.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={on} onChange={(event) => turn(event.target.checked)} /> Single keys
        are on
      </label>
    </dialog>
  );
}
