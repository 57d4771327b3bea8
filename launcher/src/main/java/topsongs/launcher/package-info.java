/** Runs the whole stack on one machine as child processes. */
@NullMarked
package topsongs.launcher;

import org.jspecify.annotations.NullMarked;
