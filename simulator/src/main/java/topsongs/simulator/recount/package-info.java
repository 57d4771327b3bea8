/**
 * Charts counted again, from the lake's raw plays and by SQL alone, beside those that are served.
 */
@NullMarked
package topsongs.simulator.recount;

import org.jspecify.annotations.NullMarked;
