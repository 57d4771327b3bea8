/** Takes plays over HTTP and answers only when Kafka has them; songs, when the lake has. */
@NullMarked
package topsongs.ingestion;

import org.jspecify.annotations.NullMarked;
