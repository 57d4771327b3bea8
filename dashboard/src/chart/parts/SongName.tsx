import type { Song } from '../../api/types';
import { languageOf } from '../languages';

/** The title in its own language and direction; a song that the catalogue does not know goes by its id. */
export function Title({ song, region }: { song: Song; region: string }) {
  const title = song.title ?? song.song_id;
  return (
    <bdi className="title" lang={song.title ? languageOf(title, region) : 'en'} title={title}>
      {title}
    </bdi>
  );
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
