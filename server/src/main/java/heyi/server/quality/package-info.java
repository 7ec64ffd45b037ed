/**
 * How everybody's network fared, kept with the session and shown beside its replay.
 *
 * <p>Entry types: {@link heyi.server.quality.QualityLog} and {@link
 * heyi.server.quality.QualityRoutes}. The store blocks and runs on a virtual thread.
 */
@NullMarked
package heyi.server.quality;

import org.jspecify.annotations.NullMarked;
