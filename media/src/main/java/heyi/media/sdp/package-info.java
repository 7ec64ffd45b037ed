/**
 * Session descriptions: the server always offers, the browser or bot answers at once without
 * candidates (RFC 8866, RFC 8829, RFC 3264).
 *
 * <p>Pure text in and out, no I/O. {@link heyi.media.sdp.SdpOfferer} keeps the state of one peer
 * connection and is confined to its owner's thread; the rest is immutable. Entry types: {@link
 * heyi.media.sdp.SdpOfferer}, {@link heyi.media.sdp.SdpAnswer}, {@link heyi.media.sdp.SdpAnswerer}.
 */
@NullMarked
package heyi.media.sdp;

import org.jspecify.annotations.NullMarked;
