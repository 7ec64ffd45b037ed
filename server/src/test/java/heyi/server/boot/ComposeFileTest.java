package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds docker-compose.yml, Dockerfile and the generated .env to the server's own configuration.
 */
class ComposeFileTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String URL = "https://mediation.example";

  /** {@code ${NAME}}, {@code ${NAME:-otherwise}} and {@code ${NAME:?message}}. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::([-?])([^}]*))?}");

  /** Image name, tag with at least one digit. */
  private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:[A-Za-z0-9_.-]*\\d[\\w.-]*");

  @TempDir private Path folder;

  @Test
  void theServersVariablesAreAConfigurationItAccepts() throws Exception {
    Map<String, String> heyi = environment("heyi", generated(folder.resolve(".env")));

    HeyiConfig config = HeyiConfig.parse("", heyi);

    assertThat(config.http().publicUrl()).isEqualTo(URI.create(URL));
    assertThat(config.identity().demoUsers()).isFalse();
    assertThat(config.media().bridges()).containsExactly(URI.create("http://jvb1:8080"));
    assertThat(config.recording().store()).isEqualTo(HeyiConfig.StoreKind.S3);
    assertThat(config.database().url()).startsWith("jdbc:postgresql://postgres:5432/");
  }

  @Test
  void bothSidesOfASecretHoldTheSame() throws Exception {
    Map<String, String> env = generated(folder.resolve(".env"));

    HeyiConfig config = HeyiConfig.parse("", environment("heyi", env));

    assertThat(config.database().password().reveal())
        .isEqualTo(environment("postgres", env).get("POSTGRES_PASSWORD"));
    assertThat(config.recording().s3SecretKey().reveal())
        .isEqualTo(environment("minio-bucket", env).get("S3_SECRET_KEY"));
    assertThat(config.recording().s3AccessKey())
        .isEqualTo(environment("minio-bucket", env).get("S3_ACCESS_KEY"));
    assertThat(config.turn().secret().reveal())
        .isEqualTo(environment("coturn", env).get("TURN_SECRET"));
    assertThat(config.turn().urls()).hasSize(2);
  }

  @Test
  void theSecondBridgeIsKnownToTheServerWhenItRuns() throws Exception {
    Map<String, String> env = generated(folder.resolve(".env"), "--two-bridges");

    HeyiConfig config = HeyiConfig.parse("", environment("heyi", env));

    assertThat(env).containsEntry("COMPOSE_PROFILES", "two-bridges");
    assertThat(config.media().bridges())
        .containsExactly(URI.create("http://jvb1:8080"), URI.create("http://jvb2:8080"));
    assertThat(compose().at("/services/jvb2/profiles/0").asText()).isEqualTo("two-bridges");
  }

  @Test
  void secretsAreRandomReadableForTheOwnerOnlyAndNeverOverwritten() throws Exception {
    Path file = folder.resolve(".env");
    Map<String, String> first = generated(file);
    Map<String, String> other = generated(folder.resolve("other.env"));

    assertThat(launch(file)).isNotZero();

    assertThat(read(file)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (String name :
        List.of("POSTGRES_PASSWORD", "MINIO_ROOT_PASSWORD", "REDIS_PASSWORD", "TURN_SECRET")) {
      assertThat(first.get(name)).hasSize(48).isNotEqualTo(other.get(name));
    }
  }

  @Test
  void nothingStartsWithoutItsSecrets() throws Exception {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    Set<String> defaulted = new TreeSet<>();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      if (!"?".equals(variable.group(2))) {
        defaulted.add(variable.group(1));
      }
    }

    assertThat(defaulted)
        .as("variables that may be missing: none of them is a secret")
        .containsExactlyInAnyOrder("DEMO_USERS", "HEYI_JAVA_OPTIONS", "TURN_TLS_DIR");
  }

  @Test
  void onlyWhatBrowsersNeedIsPublished() throws Exception {
    Map<String, List<String>> published = new HashMap<>();
    compose()
        .get("services")
        .properties()
        .forEach(
            service -> {
              List<String> ports = new ArrayList<>();
              service.getValue().path("ports").forEach(port -> ports.add(port.asText()));
              if (!ports.isEmpty()) {
                published.put(service.getKey(), ports);
              }
            });

    assertThat(published)
        .isEqualTo(
            Map.of(
                "heyi", List.of("127.0.0.1:8080:8080/tcp", "8443:8443/tcp"),
                "jvb1", List.of("10000:10000/udp"),
                "jvb2", List.of("10001:10001/udp"),
                "coturn", List.of("3478:3478/udp", "3478:3478/tcp", "5349:5349/tcp")));
    assertThat(compose().at("/networks/stores/internal").asBoolean()).isTrue();
    for (String store : List.of("postgres", "minio", "minio-bucket", "redis")) {
      assertThat(compose().at("/services/" + store + "/networks").toString())
          .isEqualTo("[\"stores\"]");
    }
  }

  @Test
  void everyImageIsPinned() throws Exception {
    List<String> images = new ArrayList<>();
    compose().get("services").forEach(service -> images.add(service.get("image").asText()));
    Files.readAllLines(ROOT.resolve("Dockerfile")).stream()
        .filter(line -> line.startsWith("FROM "))
        .forEach(line -> images.add(line.split(" ", -1)[1]));

    assertThat(images).hasSize(11).allMatch(image -> PINNED.matcher(image).matches());
  }

  @Test
  void everyLongRunningServiceIsBoundedRestartedAndWatched() throws Exception {
    String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));

    compose()
        .get("services")
        .properties()
        .forEach(
            entry -> {
              JsonNode service = entry.getValue();
              assertThat(service.has("mem_limit")).as(entry.getKey()).isTrue();
              assertThat(service.path("read_only").asBoolean()).as(entry.getKey()).isTrue();
              if (service.path("restart").asText().equals("no")) {
                return;
              }
              assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
              assertThat(
                      service.has("healthcheck")
                          || service.has("build") && dockerfile.contains("HEALTHCHECK"))
                  .as(entry.getKey())
                  .isTrue();
            });
  }

  @Test
  void everyMountedFileIsInTheRepository() throws Exception {
    compose()
        .get("services")
        .forEach(
            service ->
                service
                    .path("volumes")
                    .forEach(
                        volume -> {
                          String source = interpolate(volume.asText(), Map.of()).split(":", -1)[0];
                          if (source.startsWith(".")) {
                            assertThat(ROOT.resolve(source)).exists();
                          }
                        }));
  }

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile());
  }

  private static Map<String, String> environment(String service, Map<String, String> env)
      throws IOException {
    Map<String, String> values = new HashMap<>();
    compose()
        .at("/services/" + service + "/environment")
        .properties()
        .forEach(e -> values.put(e.getKey(), interpolate(e.getValue().asText(), env)));
    return values;
  }

  private static String interpolate(String text, Map<String, String> env) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              String value = env.get(found.group(1));
              if (value == null) {
                assertThat(found.group(2)).as(found.group()).isEqualTo("-");
                value = found.group(3);
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static Map<String, String> generated(Path file, String... more) throws Exception {
    assertThat(launch(file, more)).isZero();
    return read(file);
  }

  private static int launch(Path file, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ROOT.resolve("heyi").toString(), "env", "--public-url", URL));
    command.addAll(List.of("--public-ip", "203.0.113.7", "--file", file.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties lines = new Properties();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(reader);
    }
    Map<String, String> values = new HashMap<>();
    lines.forEach((name, value) -> values.put(name.toString(), value.toString()));
    return values;
  }
}
