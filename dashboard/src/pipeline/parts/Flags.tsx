import type { Flag } from '../../api/types';
import { count } from '../../chart/numbers';
import { Title } from '../../chart/parts/SongName';
import { hourWords, weekdayWords } from '../../chart/period';
import { flagWords } from '../../chart/rules';
import { type FlagGroup, flagGroups, kindsWords } from '../flags';

const LINES = 5;
/** How many groups are open before a reader opens others. */
const OPEN = 3;

interface Props {
  flags: Flag[];
  /** Where all of them can be read. */
  all: string;
  nameOf(region: string): string;
}

/** What looked wrong, in words. A flag is a remark: it changes no count by itself. */
export function Flags({ flags, all, nameOf }: Props) {
  return (
    <>
      <p className="beside">
        {kindsWords(flags)}. A flag changes no count unless the rules of a chart say so.
      </p>
      {flagGroups(flags).map((group, i) => (
        <Group key={`${group.hour} ${group.kind}`} group={group} open={i < OPEN} all={all} nameOf={nameOf} />
      ))}
    </>
  );
}

interface GroupProps extends Omit<Props, 'flags'> {
  group: FlagGroup;
  open: boolean;
}

function Group({ group: { hour, kind, flags, cut }, open, all, nameOf }: GroupProps) {
  const start = Date.parse(hour);
  const more = flags.length - LINES;
  return (
    <details open={open}>
      <summary>
        <b>
          {cut && 'at least '}
          {count(flags.length)} {flagWords(kind)}
        </b>
        <time dateTime={hour}>
          {weekdayWords(start)}, {hourWords(start)} UTC
        </time>
      </summary>
      <ul>
        {flags.slice(0, LINES).map((flag) => (
          <FlagLine
            key={`${flag.region} ${flag.listener} ${flag.song?.song_id}`}
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
    </details>
  );
}

function FlagLine({ flag, nameOf }: { flag: Flag; nameOf: Props['nameOf'] }) {
  const { region, listener, song, words } = flag;
  return (
    <li>
      <p>{words}</p>
      <p className="flag-facts">
        {region && <span>{nameOf(region)}</span>}
        {song && <Title song={song} region={region ?? 'GLOBAL'} />}
        {listener && <span>listener {listener}</span>}
      </p>
    </li>
  );
}
