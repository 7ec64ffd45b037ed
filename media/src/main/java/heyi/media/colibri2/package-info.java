/**
 * Colibri2 over HTTP: the only way in which rooms talk to a bridge, Jitsi Videobridge or embedded.
 *
 * <p>Values are immutable. {@link heyi.media.colibri2.BridgeClientHttp} may be called from any
 * thread; its futures complete on the caller's Vert.x context. Entry type: {@link
 * heyi.media.colibri2.BridgeClient}.
 */
@NullMarked
package heyi.media.colibri2;

import org.jspecify.annotations.NullMarked;
