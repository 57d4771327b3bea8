import { useRef } from 'react';
import type { Region } from '../../api/types';
import { useFocusNext } from '../../chart/useFocusNext';
import { MOST_REGIONS } from '../songAddress';
import { STROKES } from '../strokes';
import { LineSample } from './LineSample';

interface Props {
  /** The regions that are drawn, in the order of their lines. */
  drawn: { region: string; name: string }[];
  regions: Region[];
  onPick(regions: string[]): void;
}

/** Which region each line is of. One is always left; another can be added until there are three. */
export function RegionSlots({ drawn, regions, onPick }: Props) {
  const codes = drawn.map(({ region }) => region);
  const slots = useRef<HTMLDivElement>(null);
  const focusNext = useFocusNext(slots, 'select');
  const put = (slot: number, picked: string) => {
    const next = codes.toSpliced(slot, 1, ...(picked ? [picked] : []));
    // A line that goes takes its field with it, and the third takes the one by which it was added.
    if (next.length !== codes.length) focusNext(Math.min(slot, next.length - 1));
    onPick(next);
  };
  const free = regions.filter(({ region }) => !codes.includes(region));
  return (
    <div className="line-slots" ref={slots}>
      {drawn.map(({ region, name }, slot) => (
        <label key={STROKES[slot]} className="slot">
          <LineSample stroke={STROKES[slot] ?? 'squares'} />
          <span className="hidden">Region of line {slot + 1}</span>
          <select value={region} onChange={(event) => put(slot, event.target.value)}>
            <option value={region}>{name}</option>
            {free.map((other) => (
              <option key={other.region} value={other.region}>
                {other.name}
              </option>
            ))}
            {drawn.length > 1 && <option value="">Remove this line</option>}
          </select>
        </label>
      ))}
      {drawn.length < MOST_REGIONS && free.length > 0 && (
        <label className="slot add">
          <span className="hidden">Add a line</span>
          <select value="" onChange={(event) => put(drawn.length, event.target.value)}>
            <option value="">Add a region</option>
            {free.map((other) => (
              <option key={other.region} value={other.region}>
                {other.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
