/**
 * The agreement of a session: drafted by the mediator, confirmed by all in the room, signed, kept
 * with the case (R36, R38).
 *
 * <p>Entry types: {@link heyi.server.agreement.AgreementRoutes} and {@link
 * heyi.server.agreement.AgreementSigning}. Stores block and run on a virtual thread.
 */
@NullMarked
package heyi.server.agreement;

import org.jspecify.annotations.NullMarked;
