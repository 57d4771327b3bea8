/** What two processes that never share a JVM would otherwise each spell out. */
@NullMarked
package topsongs.contract;

import org.jspecify.annotations.NullMarked;
