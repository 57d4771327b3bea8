/** Takes plays over HTTP and answers only when Kafka has them. */
@NullMarked
package topsongs.ingestion;

import org.jspecify.annotations.NullMarked;
