/**
 * The WebRTC endpoint: ICE, then DTLS, then SRTP, then RTP and RTCP with loss repair and feedback.
 * The embedded bridge, the recorder and the media bots are all built on it.
 *
 * <p><b>Threads:</b> an endpoint may be called from any thread; its listener is called on the
 * receive thread of its port and must not block. Entry types: {@link
 * heyi.media.endpoint.WebRtcEndpoint} and {@link heyi.media.endpoint.UdpPort}.
 */
@NullMarked
package heyi.media.endpoint;

import org.jspecify.annotations.NullMarked;
