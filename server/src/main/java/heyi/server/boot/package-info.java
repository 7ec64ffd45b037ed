/**
 * Starts and stops Heyi: command line, configuration, and the one place that builds everything.
 *
 * <p>{@link heyi.server.boot.Main} reads the verbs; {@link heyi.server.boot.Heyi} is the
 * composition root and delegates to one small {@code …Wiring} per module. Nothing else calls
 * constructors across modules, ends the process or reads the environment.
 */
@NullMarked
package heyi.server.boot;

import org.jspecify.annotations.NullMarked;
