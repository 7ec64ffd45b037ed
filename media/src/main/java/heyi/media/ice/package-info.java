/**
 * ICE: how two endpoints find a path for media (RFC 8445), as values and as an adapter over ice4j.
 *
 * <p>The values are immutable and safe on any thread. Entry type: {@link
 * heyi.media.ice.TransportDescription}.
 */
@NullMarked
package heyi.media.ice;

import org.jspecify.annotations.NullMarked;
