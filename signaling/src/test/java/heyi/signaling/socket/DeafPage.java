package heyi.signaling.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A page that joins and then never reads a byte of what it is told. */
final class DeafPage implements AutoCloseable {
  private static final int SMALL_BUFFER = 4 * 1024;
  private static final int FINAL_TEXT = 0x81;
  private static final int MASKED_16_BIT_LENGTH = 0x80 | 126;

  private final Socket socket;

  private DeafPage(Socket socket) {
    this.socket = socket;
  }

  static DeafPage join(int port, String token) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var upgrade =
        """
        GET /api/room HTTP/1.1\r
        Host: localhost\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
        \r
        """;
    socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
    readHandshake(socket);
    socket.getOutputStream().write(frame(Page.join(token, false).toString()));
    socket.getOutputStream().flush();
    return new DeafPage(socket);
  }

  private static void readHandshake(Socket socket) throws IOException {
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) socket.getInputStream().read());
    }
  }

  /** RFC 6455 §5.2; a mask of zeros leaves the text as it is. */
  private static byte[] frame(String text) {
    var payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) FINAL_TEXT)
        .put((byte) MASKED_16_BIT_LENGTH)
        .putShort((short) payload.length)
        .putInt(0)
        .put(payload)
        .array();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
