/**
 * Identities and values that every media package shares: who sends what, under which numbers.
 *
 * <p>Immutable values, safe on any thread. Entry type: {@link heyi.media.MediaSource}.
 */
@NullMarked
package heyi.media;

import org.jspecify.annotations.NullMarked;
