/**
 * RTP (RFC 3550): bytes to headers and back, header extensions, retransmission format, sequence
 * arithmetic. Pure functions and values: no I/O, no threads, nothing throws on hostile bytes.
 *
 * <p>Entry type: {@link heyi.media.rtp.RtpHeader}.
 */
@NullMarked
package heyi.media.rtp;

import org.jspecify.annotations.NullMarked;
