import type { SongFacts } from '../../api/types';
import { dateWords, durationWords } from '../../chart/period';
import type { Headline } from '../standings';

/** What the catalogue says of a song, and the best that the charts say which hold it now: others that it has left are not asked. */
export function Facts({ song, headline: { best } }: { song: SongFacts; headline: Headline }) {
  return (
    <dl className="facts">
      <Fact name="Album">{song.album}</Fact>
      <Fact name="Genre">{song.genre}</Fact>
      <Fact name="Length">{song.duration_ms && durationWords(song.duration_ms / 1000)}</Fact>
      <Fact name="Released">{song.release_date && releaseWords(song.release_date)}</Fact>
      <Fact name="Best rank where it charts">{best && bestWords(best)}</Fact>
      <Fact name="Catalogue number">{song.song_id}</Fact>
    </dl>
  );
}

/** What is not known is a dash. */
function Fact({ name, children }: { name: string; children: string | number | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children || '–'}</bdi>
      </dd>
    </div>
  );
}

function releaseWords(date: string): string {
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? date : dateWords(instant);
}

function bestWords({ rank, regions }: NonNullable<Headline['best']>): string {
  const [first] = regions;
  return regions.length === 1 ? `${rank}, in ${first?.region_name}` : `${rank}, in ${regions.length} regions`;
}
