/**
 * The room protocol on the wire: JSON text ⇄ messages. The contract is {@code api/room}: one schema
 * and examples per message, which both sides test against.
 *
 * <p>Pure. {@link heyi.signaling.wire.ClientMessageDecoder} and {@link
 * heyi.signaling.wire.ServerMessageEncoder} are the entries.
 */
@NullMarked
package heyi.signaling.wire;

import org.jspecify.annotations.NullMarked;
