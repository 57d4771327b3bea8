/** Has a language model write songs, tastes and trends, and takes nothing from it unchecked. */
@NullMarked
package topsongs.simulator.generate;

import org.jspecify.annotations.NullMarked;
