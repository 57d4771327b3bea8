/** The lake's bucket, and a MinIO user of its own for each who uses it. */
@NullMarked
package topsongs.lakeinit;

import org.jspecify.annotations.NullMarked;
