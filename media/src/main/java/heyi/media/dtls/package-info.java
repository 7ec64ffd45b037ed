/**
 * DTLS-SRTP (RFC 5764): certificates, fingerprints and the handshake that yields the media keys.
 *
 * <p>The values are immutable and safe on any thread. Entry types: {@link
 * heyi.media.dtls.DtlsFingerprint}, {@link heyi.media.dtls.DtlsSetup}.
 */
@NullMarked
package heyi.media.dtls;

import org.jspecify.annotations.NullMarked;
