package heyi.media.pool;

import heyi.media.colibri2.BridgeClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One bridge as it is configured.
 *
 * @param client talks to it; stays owned by whoever made it
 * @param address of its private HTTP interface, for the operator
 * @param region where it stands; null leaves that to the bridge's own word
 */
public record PooledBridge(BridgeClient client, URI address, @Nullable String region) {}
