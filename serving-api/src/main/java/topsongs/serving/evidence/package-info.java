/** What the lake itself says of a chart: its plays are counted again when somebody asks. */
@NullMarked
package topsongs.serving.evidence;

import org.jspecify.annotations.NullMarked;
