/** Moves plays from Kafka into the lake and sets aside what is not a play. */
@NullMarked
package topsongs.streaming;

import org.jspecify.annotations.NullMarked;
