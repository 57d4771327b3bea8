/** A seeded crowd of listeners that posts plays and knows the charts they must make. */
@NullMarked
package topsongs.simulator;

import org.jspecify.annotations.NullMarked;
