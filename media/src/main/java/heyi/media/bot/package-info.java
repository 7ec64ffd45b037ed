/**
 * Scripted participants with real media: for the demo, benchmarks and tests of bridges.
 *
 * <p>A {@link heyi.media.bot.MediaBot} may be called from any thread. Entry type: {@link
 * heyi.media.bot.MediaBot}.
 */
@NullMarked
package heyi.media.bot;

import org.jspecify.annotations.NullMarked;
