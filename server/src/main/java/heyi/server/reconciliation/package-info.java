/**
 * Whether everything that the database says was recorded is in the object store, as it was.
 *
 * <p>Entry type: {@link heyi.server.reconciliation.Reconciliation}. Runs daily and when an operator
 * asks; a difference is an alert: in the log, in the metrics, on the operator's page. Nothing here
 * changes evidence.
 */
@NullMarked
package heyi.server.reconciliation;

import org.jspecify.annotations.NullMarked;
