/** Gives each distinct play of an hour its song. */
@NullMarked
package topsongs.enrichment;

import org.jspecify.annotations.NullMarked;
