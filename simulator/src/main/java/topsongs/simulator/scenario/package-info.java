/** Scenarios that people write, and what they make of a crowd: where, when, to what it listens. */
@NullMarked
package topsongs.simulator.scenario;

import org.jspecify.annotations.NullMarked;
