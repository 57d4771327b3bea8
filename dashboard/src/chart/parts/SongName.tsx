import type { Chart, Song } from '../../api/types';
import { songPath } from '../address';
import { languageOf } from '../languages';

interface TitleProps {
  song: Song;
  region: string;
  /** Where it leads, if anywhere. */
  href?: string;
}

/** The title in its own language and direction; a song that the catalogue does not know goes by its id. */
export function Title({ song, region, href }: TitleProps) {
  const title = song.title ?? song.song_id;
  return (
    <bdi className="title" lang={song.title ? languageOf(title, region) : 'en'} title={title}>
      {href ? <a href={href}>{title}</a> : title}
    </bdi>
  );
}

/** A title of a chart, which leads to the page of its song. */
export function SongLink({ song, chart }: { song: Song; chart: Pick<Chart, 'region' | 'granularity'> }) {
  const { region, granularity } = chart;
  return <Title song={song} region={region} href={songPath(song.song_id, region, granularity)} />;
}

export function Artist({ song, region }: { song: Song; region: string }) {
  if (song.artist === null && song.title === null)
    return <span className="artist">not in the catalogue yet</span>;
  const artist = song.artist ?? '–';
  return (
    <bdi className="artist" lang={languageOf(artist, region)}>
      {artist}
    </bdi>
  );
}
