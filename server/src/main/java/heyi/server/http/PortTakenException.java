package heyi.server.http;

/** A port cannot be opened; the message is one sentence that says what to do. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String host, int port, Throwable cause) {
    super(
        "Port %d on %s cannot be opened: another program uses it. Choose another with --port or --https-port."
            .formatted(port, host),
        cause);
  }
}
