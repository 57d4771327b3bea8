import type { KeyboardEvent } from 'react';
import { Icon } from '../../chart/parts/Icon';
import { isControl, useKeys } from '../../chart/useKeys';
import { type Player, SPEEDS } from '../usePlayer';

interface Props {
  player: Player;
  count: number;
  /** What the chosen period is called. */
  words: string;
  unit: string;
}

/** Play, speed, and which period is shown. Arrows, Home and End move it; Space plays. */
export function PlayerBar({ player, count, words, unit }: Props) {
  const { at, playing, speed, toggle, go, setSpeed } = player;
  // Space plays wherever it does nothing else: on a button or a link it presses that.
  useKeys({ ' ': (event) => (isControl(event.target) ? false : toggle()) });
  return (
    <div className="player">
      <button type="button" className="button solid play" onClick={toggle}>
        <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3 1.5 14 8 3 14.5z'} fill="currentColor" />
        </svg>
        {playing ? 'Pause' : 'Play'}
      </button>
      <div className="steps">
        <button
          type="button"
          className="icon-button"
          aria-label={`Back one ${unit}`}
          aria-disabled={at === 0}
          onClick={() => at > 0 && go(at - 1)}
        >
          <Icon name="left" />
        </button>
        <input
          type="range"
          aria-label={`The ${unit} that is shown`}
          aria-valuetext={words}
          min={0}
          max={count - 1}
          step={1}
          value={at}
          onChange={(event) => go(Number(event.target.value))}
          onKeyDown={(event) => pressOnSlider(event, toggle)}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={`Forward one ${unit}`}
          aria-disabled={at === count - 1}
          onClick={() => at < count - 1 && go(at + 1)}
        >
          <Icon name="right" />
        </button>
      </div>
      <fieldset className="toggle speed">
        <legend className="hidden">Speed</legend>
        {SPEEDS.map((option) => (
          <button key={option} type="button" aria-pressed={speed === option} onClick={() => setSpeed(option)}>
            {option}×
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function pressOnSlider(event: KeyboardEvent, toggle: () => void): void {
  if (event.key !== ' ') return;
  event.preventDefault();
  toggle();
}
