package heyi.server.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param certificate for HTTPS; null leaves HTTPS out
 */
public record HttpPorts(
    String bind,
    int port,
    String httpsBind,
    int httpsPort,
    @Nullable PemKeyCertOptions certificate,
    Duration idleTimeout) {}
