/**
 * The embedded bridge: a small forwarding unit in this process that answers Colibri2 over HTTP on
 * loopback, so that one machine needs no Jitsi Videobridge.
 *
 * <p>Conferences change on one control thread only; media threads read immutable routes. Entry
 * type: {@link heyi.media.bridge.EmbeddedBridge}.
 */
@NullMarked
package heyi.media.bridge;

import org.jspecify.annotations.NullMarked;
