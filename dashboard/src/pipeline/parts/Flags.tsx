import type { Flag } from '../../api/types';
import { count } from '../../chart/numbers';
import { Title } from '../../chart/parts/SongName';
import { dateWords, hourWords } from '../../chart/period';
import { kindsWords, kindWords } from '../flags';

const MOST = 20;

interface Props {
  flags: Flag[];
  /** Where all of them can be read. */
  all: string;
  nameOf(region: string): string;
}

/** What looked wrong, in words. A flag is a remark: it changes no count by itself. */
export function Flags({ flags, all, nameOf }: Props) {
  const more = flags.length - MOST;
  return (
    <>
      <p className="beside">
        {kindsWords(flags)}. A flag changes no count unless the rules of a chart say so.
      </p>
      <ul className="flags">
        {flags.slice(0, MOST).map((flag) => (
          <FlagLine
            key={`${flag.hour} ${flag.kind} ${flag.region} ${flag.listener} ${flag.song?.song_id}`}
            flag={flag}
            nameOf={nameOf}
          />
        ))}
      </ul>
      {more > 0 && (
        <p className="beside">
          {count(more)} more, <a href={all}>all as JSON</a>
        </p>
      )}
    </>
  );
}

function FlagLine({ flag, nameOf }: { flag: Flag; nameOf: Props['nameOf'] }) {
  const { hour, kind, region, listener, song, words } = flag;
  const start = Date.parse(hour);
  return (
    <li>
      <p>
        <b>{kindWords(kind)}</b>: {words}
      </p>
      <p className="flag-facts">
        <time dateTime={hour}>
          {dateWords(start).slice(0, -5)}, {hourWords(start)} UTC
        </time>
        {region && <span>{nameOf(region)}</span>}
        {song && <Title song={song} region={region ?? 'GLOBAL'} />}
        {listener && <span>listener {listener}</span>}
      </p>
    </li>
  );
}
