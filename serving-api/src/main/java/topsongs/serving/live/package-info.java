/** Who has a page open hears of every change of a chart as it is committed. */
@NullMarked
package topsongs.serving.live;

import org.jspecify.annotations.NullMarked;
