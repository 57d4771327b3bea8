/** The real servers of the stack, each run from its jar in a process of its own. */
@NullMarked
package topsongs.launcher.server;

import org.jspecify.annotations.NullMarked;
