/**
 * How long the evidence of a case is kept (保管), what keeps it longer (保全, a legal hold) and how two
 * people end it (销毁). The rules are {@link heyi.recording.retention.Retention}'s; here are the
 * people, the database and the job that carries out what they ordered.
 *
 * <p>Entry types: {@link heyi.server.custody.Custody}, {@link heyi.server.custody.CustodyRoutes},
 * {@link heyi.server.custody.UnsealingRoutes} for what is sealed. Everything but the routes blocks;
 * call on a virtual thread.
 */
@NullMarked
package heyi.server.custody;

import org.jspecify.annotations.NullMarked;
