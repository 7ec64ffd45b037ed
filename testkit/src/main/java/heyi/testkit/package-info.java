/**
 * What the tests of more than one module need; depends on nothing of ours.
 *
 * <p>Enter at {@link heyi.testkit.S3ProxyProcess}. <b>Threads:</b> the test's own; calls block.
 */
@NullMarked
package heyi.testkit;

import org.jspecify.annotations.NullMarked;
