/**
 * Cases: parties, sessions, documents, the status machine and the REST routes.
 *
 * <p>Entry types: {@link heyi.server.casefile.CaseStore}, {@link
 * heyi.server.casefile.SessionLifecycle} (pure) and {@link heyi.server.casefile.CaseRoutes}. Stores
 * block and run on a virtual thread.
 */
@NullMarked
package heyi.server.casefile;

import org.jspecify.annotations.NullMarked;
