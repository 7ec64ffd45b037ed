/**
 * RTCP (RFC 3550 §6, RFC 4585, RFC 5104, transport-wide congestion control): bytes to packets and
 * back. Pure values: no I/O, no threads, nothing throws on hostile bytes.
 *
 * <p>Entry types: {@link heyi.media.rtcp.RtcpCompound} and {@link heyi.media.rtcp.RtcpPacket}.
 */
@NullMarked
package heyi.media.rtcp;

import org.jspecify.annotations.NullMarked;
