/** Counts and ranks the plays of a period and loads its charts. */
@NullMarked
package topsongs.aggregation;

import org.jspecify.annotations.NullMarked;
