/**
 * How a participant's own network fares, as his page measures it: reports and the one rule that
 * makes three bars of them.
 *
 * <p>Pure. {@link heyi.signaling.quality.QualityReport} is the entry.
 */
@NullMarked
package heyi.signaling.quality;

import org.jspecify.annotations.NullMarked;
