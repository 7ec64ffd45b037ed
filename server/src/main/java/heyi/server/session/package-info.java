/**
 * Conducts running sessions: what a room does becomes recording, ledger, timeline and case.
 *
 * <p>Entry type: {@link heyi.server.session.SessionConductor}. Signaling and recording do not know
 * each other; this package is the one place where they meet. Events of one session are carried out
 * one after the other (a {@link heyi.server.session.Lane}), different sessions independently.
 */
@NullMarked
package heyi.server.session;

import org.jspecify.annotations.NullMarked;
