package heyi.signaling.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnCredentialsTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
  private static final String SECRET = "north";

  @Test
  void theCredentialIsTheHmacOfExpiryAndId() {
    var servers = issue(List.of("turn:turn.example:3478?transport=udp"));

    // printf %s 1700003600:room-1 | openssl dgst -sha1 -hmac north -binary | base64
    assertThat(servers.servers())
        .containsExactly(
            new IceServers.Server(
                List.of("turn:turn.example:3478?transport=udp"),
                "1700003600:room-1",
                "Tqj7LzYeuzV1eBdRnKG71Uwe5IA="));
  }

  @Test
  void aStunServerGetsNoCredentials() {
    var servers = issue(List.of("stun:turn.example", "turns:turn.example:443?transport=tcp"));

    assertThat(servers.servers().getFirst())
        .isEqualTo(new IceServers.Server(List.of("stun:turn.example"), null, null));
    assertThat(servers.servers().getLast().username()).isNotNull();
  }

  @Test
  void withoutUrlsThereIsNothingToIssue() {
    assertThat(new TurnCredentials(TurnOptions.NONE, NOON).issue("room-1"))
        .isEqualTo(IceServers.NONE);
  }

  @Test
  void nothingPrintsASecret() {
    var options = new TurnOptions(List.of("turn:turn.example"), SECRET, Duration.ofHours(1), false);
    var issued = new TurnCredentials(options, NOON).issue("room-1");

    assertThat(options + " " + issued)
        .contains("turn:turn.example")
        .doesNotContain(SECRET)
        .doesNotContain("1700003600")
        .doesNotContain(String.valueOf(issued.servers().getFirst().credential()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stun:a.example",
        "stuns:a.example:5349",
        "turn:192.0.2.1:3478",
        "turn:[2001:db8::1]:3478?transport=tcp",
        "turns:a.example?transport=tcp"
      })
  void urlsOfTheRfcsAreTaken(String url) {
    assertThat(TurnOptions.isUrl(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://a.example",
        "turn://a.example",
        "turn:a.example?transport=sctp",
        "stun:a.example?transport=udp",
        "turn:a b"
      })
  void otherUrlsAreRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TurnOptions(List.of(url), SECRET, Duration.ofHours(1), false))
        .withMessageContaining(url);
  }

  @Test
  void aRelayNeedsASecretAndForcingNeedsARelay() {
    var hour = Duration.ofHours(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TurnOptions(List.of("turn:a.example"), "", hour, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TurnOptions(List.of("stun:a.example"), SECRET, hour, true));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TurnOptions(List.of("turn:a.example"), SECRET, Duration.ofMillis(1), false));
  }

  private static IceServers issue(List<String> urls) {
    var options = new TurnOptions(urls, SECRET, Duration.ofHours(1), false);
    return new TurnCredentials(options, NOON).issue("room-1");
  }
}
