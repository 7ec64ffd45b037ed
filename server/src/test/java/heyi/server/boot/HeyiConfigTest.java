package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import heyi.recording.log.NoteKey;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeyiConfigTest {
  private static final String WITNESS =
      new NoteKey(
              "w.example/w1",
              NoteKey.Kind.WITNESS,
              EvidenceKey.fresh(SignatureScheme.ED25519, new SecureRandom()).publicKey())
          .verifierKey();

  private static final Path REFERENCE = Path.of("../config/reference.yaml");

  @Test
  void anOperatorWhoSetsNothingGetsSafeDefaults() {
    HeyiConfig config = HeyiConfig.defaults();

    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().bind()).isEqualTo("127.0.0.1");
    assertThat(config.http().publicUrl()).isNull();
    assertThat(config.database().url()).isNull();
    assertThat(config.media().bridges()).isEmpty();
    assertThat(config.recording().store()).isEqualTo(HeyiConfig.StoreKind.DIRECTORY);
  }

  @Test
  void theReferenceFileSaysExactlyTheDefaults() throws IOException {
    ConfigReader reader = ConfigReader.of(Files.readString(REFERENCE), Map.of());

    HeyiConfig fromReference = HeyiConfig.read(reader);
    reader.throwIfWrong();

    assertThat(fromReference).isEqualTo(HeyiConfig.defaults());
    assertThat(reader.givenKeys()).isEqualTo(reader.knownKeys());
  }

  @Test
  void everyKindOfValueIsReadFromTheFile() {
    HeyiConfig config =
        HeyiConfig.parse(
            """
            http: {port: 81, publicUrl: "https://mediation.example", idleTimeout: PT5M}
            identity: {demoUsers: false}
            media:
              bridges: ["http://jvb1:8080", "http://jvb2:8080#shanghai"]
              region: shanghai
              addresses: [10.0.0.7]
              checks: {interval: PT1S, failuresToLeave: 5}
              warmUp: {conferences: 0, media: PT2S}
            recording: {store: s3, s3Endpoint: "http://minio:9000", s3SecretKey: hush}
            seal: {scheme: sm2, tsaUrl: "https://tsa.example/tsr", tsaCertificates: tsa.pem}
            transparency:
              origin: log.example/heyi
              witnesses: ["https://w.example/w1 WITNESS"]
            """
                .replace("WITNESS", WITNESS),
            Map.of());

    assertThat(config.http().port()).isEqualTo(81);
    assertThat(config.http().publicUrl()).isEqualTo(URI.create("https://mediation.example"));
    assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.identity().demoUsers()).isFalse();
    assertThat(config.media().bridges())
        .containsExactly(URI.create("http://jvb1:8080"), URI.create("http://jvb2:8080#shanghai"));
    assertThat(config.media().region()).isEqualTo("shanghai");
    assertThat(config.media().checks().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.media().checks().failuresToLeave()).isEqualTo(5);
    assertThat(config.media().warmUp())
        .isEqualTo(
            new HeyiConfig.WarmUp(
                0, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(30)));
    assertThat(config.media().addresses()).containsExactly("10.0.0.7");
    assertThat(config.recording().store()).isEqualTo(HeyiConfig.StoreKind.S3);
    assertThat(config.recording().s3SecretKey().reveal()).isEqualTo("hush");
    assertThat(config.seal().scheme()).isEqualTo(SignatureScheme.SM2);
    assertThat(config.seal().tsaUrl()).isEqualTo(URI.create("https://tsa.example/tsr"));
    assertThat(config.seal().tsaCertificates()).isEqualTo(Path.of("tsa.pem"));
    assertThat(config.transparency().origin()).isEqualTo("log.example/heyi");
    assertThat(config.transparency().witnesses())
        .singleElement()
        .satisfies(witness -> assertThat(witness.key().verifierKey()).isEqualTo(WITNESS));
  }

  @Test
  void aPoorNetworkIsNoBetterThanAFairOne() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                HeyiConfig.parse(
                    "rooms: {quality: {fairAbove: {rttMillis: 600}}}",
                    Map.of("HEYI_ROOMS_MESSAGES_PER_SECOND", "0")))
        .withMessageContaining("rooms.quality.poorAbove")
        .withMessageContaining("rooms.messagesPerSecond");
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    HeyiConfig config =
        HeyiConfig.parse(
            "http: {port: 81}",
            Map.of("HEYI_HTTP_PORT", "82", "HEYI_RECORDING_S3_SECRET_KEY", "hush", "PATH", "/bin"));

    assertThat(config.http().port()).isEqualTo(82);
    assertThat(config.recording().s3SecretKey().reveal()).isEqualTo("hush");
  }

  @Test
  void allMistakesAreToldTogether() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                HeyiConfig.parse(
                    """
                    http: {port: 70000, prot: 1, idleTimeout: soon}
                    identity: {demoUsers: perhaps}
                    media: {bridges: ["ftp://jvb1"]}
                    recording: {store: s3}
                    transparency: {witnesses: ["https://w.example/w1"]}
                    turn: {urls: ["turn:a.example", "turn://b"], relayOnly: true}
                    """,
                    Map.of("HEYI_HTTP_PROT", "1")))
        .satisfies(
            e ->
                assertThat(String.join("\n", e.mistakes()))
                    .contains("http.port", "70000")
                    .contains("unknown key 'http.prot'")
                    .contains("http.idleTimeout", "PT30S")
                    .contains("identity.demoUsers")
                    .contains("media.bridges", "ftp://jvb1")
                    .contains("recording.s3Endpoint")
                    .contains("turn.urls", "turn://b")
                    .contains("turn.secret")
                    .contains("transparency.witnesses", "NAME+ID+KEY")
                    .contains("HEYI_HTTP_PROT"))
        .satisfies(e -> assertThat(e.mistakes()).hasSize(10));
  }

  @Test
  void aFileThatIsNoMapIsRefused() {
    for (String wrong : List.of("just words", "{", "http: [1")) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> HeyiConfig.parse(wrong, Map.of()));
    }
  }

  @Test
  void relaysAreForcedOnlyWhereThereIsOne() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HeyiConfig.parse("turn: {relayOnly: true}", Map.of()))
        .withMessageContaining("turn.relayOnly");
    assertThat(
            HeyiConfig.parse(
                    "turn: {urls: ['turns:a.example?transport=tcp'], secret: s, relayOnly: true}",
                    Map.of())
                .turn()
                .relayOnly())
        .isTrue();
  }

  @Test
  void secretsNeverPrint() {
    HeyiConfig config =
        HeyiConfig.parse(
            "{database: {password: hush}, turn: {secret: hush}, seal: {key: hush}}", Map.of());

    assertThat(config.toString()).doesNotContain("hush").contains("[REDACTED]");
  }
}
