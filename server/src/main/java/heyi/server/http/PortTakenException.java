package heyi.server.http;

import java.util.Locale;

/** A port cannot be opened; the message is one sentence that says what to do. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String host, int port, Throwable cause) {
    super(
        String.format(
            Locale.ROOT,
            "Port %d on %s cannot be opened: another program uses it. Choose another with --port or --https-port.",
            port,
            host),
        cause);
  }
}
