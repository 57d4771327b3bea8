/** Charts of streams that somebody published, and the plays that rebuild them. */
@NullMarked
package topsongs.simulator.replay;

import org.jspecify.annotations.NullMarked;
