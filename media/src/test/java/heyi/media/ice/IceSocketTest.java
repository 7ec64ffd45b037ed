package heyi.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IceSocketTest {
  private static final int FLOOD = 200;

  @Test
  @DisplayName("one session's flood of addresses is bounded and leaves the others their place")
  void addressesOfOneSessionAreBounded() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (IceSocket socket = new IceSocket(loopback, 0);
        IceSession flooded = session(socket);
        IceSession other = session(socket)) {
      for (int i = 0; i < FLOOD; i++) {
        socket
            .harvester()
            .openTowards(new InetSocketAddress(loopback, 20_000 + i), flooded.ufrag());
      }
      socket.harvester().openTowards(new InetSocketAddress(loopback, 30_000), other.ufrag());

      assertThat(socket.harvester().remotesOf(flooded.ufrag()))
          .isEqualTo(IceSocket.Harvester.MAX_REMOTES_PER_SESSION);
      assertThat(socket.harvester().remotesOf(other.ufrag())).isEqualTo(1);
      assertThat(socket.harvester().remotesOf("nobody")).isZero();
    }
  }

  private static IceSession session(IceSocket socket) {
    return new IceSession(List.of(socket), IceRole.CONTROLLED, new Silent());
  }

  private static final class Silent implements IceSession.Listener {
    @Override
    public void onIceConnected() {
      // Nobody connects here.
    }

    @Override
    public void onIceFailed() {
      // Nobody connects here.
    }

    @Override
    public void onConsent() {
      // Nobody connects here.
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
      // Nobody sends here.
    }
  }
}
