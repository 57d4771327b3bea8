/** Answers what is charted, from PostgreSQL, and never writes. */
@NullMarked
package topsongs.serving;

import org.jspecify.annotations.NullMarked;
