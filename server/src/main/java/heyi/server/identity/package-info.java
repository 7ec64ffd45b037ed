/**
 * Who is who: accounts with passwords, sign-ins, and the tokens that stand for a seat.
 *
 * <p>Entry types: {@link heyi.server.identity.Accounts}, {@link heyi.server.identity.Logins} and
 * {@link heyi.server.identity.Tokens}. Stores block and run on a virtual thread.
 */
@NullMarked
package heyi.server.identity;

import org.jspecify.annotations.NullMarked;
