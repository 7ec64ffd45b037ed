/**
 * Invitation links and seat tokens: how a party without a password comes to his seat.
 *
 * <p>Entry types: {@link heyi.server.invitation.Invitations}, {@link heyi.server.invitation.Seats}
 * and {@link heyi.server.invitation.InvitationRoutes}. Stores block and run on a virtual thread.
 */
@NullMarked
package heyi.server.invitation;

import org.jspecify.annotations.NullMarked;
