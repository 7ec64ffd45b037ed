/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): keys from DTLS, packets in, packets out, over jitsi-srtp.
 *
 * <p><b>Threads:</b> see {@link heyi.media.srtp.SrtpSession}, the entry type.
 */
@NullMarked
package heyi.media.srtp;

import org.jspecify.annotations.NullMarked;
