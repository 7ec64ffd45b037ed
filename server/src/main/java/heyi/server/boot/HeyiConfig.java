package heyi.server.boot;

import heyi.recording.log.NoteKey;
import heyi.recording.seal.SignatureScheme;
import heyi.server.identity.Secret;
import heyi.server.sql.DatabaseOptions;
import heyi.signaling.room.TranscriptLimits;
import heyi.signaling.turn.TurnOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, parsed once at start and never changed afterwards.
 *
 * <p>Every key, its default, its unit and the reason for the default are written in {@code
 * config/reference.yaml}; a test holds that file and these defaults equal. Values come, weakest
 * first, from the defaults, the YAML file and the environment ({@code http.port} is {@code
 * HEYI_HTTP_PORT}); {@code up}'s own options win over all of them.
 */
public record HeyiConfig(
    Http http,
    Data data,
    Database database,
    Identity identity,
    Invitations invitations,
    Rooms rooms,
    Media media,
    Turn turn,
    Recording recording,
    Seal seal,
    Transparency transparency,
    Exports exports,
    Stop stop,
    Log log) {

  /** Where browsers reach the server. */
  public record Http(
      int port,
      int httpsPort,
      String bind,
      String httpsBind,
      @Nullable URI publicUrl,
      int bodyLimitBytes,
      Duration idleTimeout) {}

  /** The one folder that holds everything the server keeps on this machine. */
  public record Data(Path directory) {}

  /**
   * PostgreSQL: the server's own when {@code url} is null, with its programs in the data directory
   * when {@code binaries} is null.
   */
  public record Database(
      @Nullable String url,
      String user,
      Secret<String> password,
      int poolSize,
      Duration timeout,
      @Nullable Path binaries) {

    /** The same, with the embedded server's files in the folder. */
    DatabaseOptions options(Path directory) {
      return new DatabaseOptions(
          url,
          user,
          password.reveal(),
          poolSize,
          timeout,
          directory,
          binaries == null ? directory.resolve("binaries") : binaries);
    }
  }

  /** Sign-in of mediators and auditors. */
  public record Identity(boolean demoUsers, Duration sessionLifetime, int loginAttemptsPerMinute) {}

  /** Links that bring a party to his seat. */
  public record Invitations(Duration lifetime, int maxRedemptions, int attemptsPerMinute) {}

  /** What a page may do to a room, how its network is called, how long a transcript may be. */
  public record Rooms(
      int openAtOnce,
      int messagesPerSecond,
      Duration reconnectGrace,
      Duration absentAfter,
      Quality quality,
      TranscriptLimits transcript) {}

  /** How often pages may report their network, and above which numbers it is fair or poor. */
  public record Quality(Duration reportEvery, PathLimits fairAbove, PathLimits poorAbove) {}

  /** Delay there and back and jitter in milliseconds, losses of a thousand packets. */
  public record PathLimits(int rttMillis, int jitterMillis, int lossPermille) {}

  /** Bridges and the media port; an empty list of bridges means the embedded bridge. */
  public record Media(
      List<URI> bridges,
      @Nullable String region,
      int udpPort,
      List<String> addresses,
      Duration bridgeTimeout,
      BridgeChecks checks,
      WarmUp warmUp,
      Embedded embedded) {

    /** Copies the lists. */
    public Media {
      bridges = List.copyOf(bridges);
      addresses = List.copyOf(addresses);
    }
  }

  /** What the embedded bridge refuses, so that nobody exhausts it. */
  public record Embedded(
      int conferences,
      int endpointsPerConference,
      int sourcesPerEndpoint,
      int ssrcsPerEndpoint,
      int queuedPacketsPerReceiver) {}

  /** When a bridge is out of the pool, and when it is back. */
  public record BridgeChecks(
      Duration interval, Duration timeout, int failuresToLeave, int successesToReturn) {}

  /** What a bridge carries before rooms get it; no conferences, no warm-up. */
  public record WarmUp(int conferences, Duration media, Duration timeout, Duration retry) {}

  /** Relays for networks that block media; no URL means no relay. */
  public record Turn(
      List<String> urls, Secret<String> secret, Duration lifetime, boolean relayOnly) {

    /** Copies the list. */
    public Turn {
      urls = List.copyOf(urls);
    }
  }

  /** Where recordings are kept. */
  public record Recording(
      StoreKind store,
      @Nullable URI s3Endpoint,
      String s3Bucket,
      String s3Region,
      String s3AccessKey,
      Secret<String> s3SecretKey,
      boolean encryption,
      @Nullable Path masterKeyFile,
      Duration connectTimeout,
      Duration closeWaits,
      Duration resumeWithin,
      @Nullable Path secondDirectory,
      @Nullable SecondS3 secondS3,
      Duration secondAfter,
      int spoolLimitMegabytes,
      int freeDiskMegabytes,
      Duration reconcileEvery,
      RetentionSettings retention) {}

  /**
   * How evidence is signed and stamped.
   *
   * @param key PEM of the key; empty for the one in the data directory
   * @param tsaUrl time stamp authority; null for the embedded one
   * @param tsaCertificates PEM file of what its stamps rest on; null when not known
   */
  public record Seal(
      SignatureScheme scheme,
      Secret<String> key,
      @Nullable URI tsaUrl,
      @Nullable Path tsaCertificates,
      Duration tsaTimeout,
      Duration retryInterval) {}

  /**
   * The public log of everything sealed.
   *
   * @param origin its name; empty for one made of its key
   * @param requestsPerMinute of readers without sign-in, from one address
   */
  public record Transparency(
      String origin,
      List<WitnessAddress> witnesses,
      Duration witnessTimeout,
      int requestsPerMinute) {

    /** Copies the list. */
    public Transparency {
      witnesses = List.copyOf(witnesses);
    }
  }

  /** Where a witness is asked, and what his signatures are checked with. */
  public record WitnessAddress(URI prefix, NoteKey key) {}

  /** Films of sealed recordings. */
  public record Exports(
      int atOnce,
      int mostOpen,
      int height,
      int framesPerSecond,
      int videoBitsPerSecond,
      Duration segment,
      ZoneId timeZone,
      int threads,
      int niceness,
      int memoryMegabytes,
      Duration stall,
      Duration deadline) {}

  /** How lines of the log look. */
  public record Log(LogFormat format) {}

  /** The two object store adapters. */
  public enum StoreKind {
    /** A folder of the data directory, write-once. */
    DIRECTORY,
    /** MinIO or any other S3. */
    S3
  }

  /** How long a clean stop may take. */
  public record Stop(Duration finishRecordings) {}

  /** The configuration of an operator who sets nothing. */
  public static HeyiConfig defaults() {
    return parse("", Map.of());
  }

  /**
   * Reads the YAML text and the environment.
   *
   * @throws ConfigException naming every mistake at once; nothing is started with half a
   *     configuration
   */
  public static HeyiConfig parse(String yaml, Map<String, String> environment) {
    ConfigReader reader = ConfigReader.of(yaml, environment);
    HeyiConfig config = read(reader);
    reader.throwIfWrong();
    return config;
  }

  static HeyiConfig read(ConfigReader r) {
    return new HeyiConfig(
        http(r),
        new Data(Path.of(r.text("data.directory", "data"))),
        database(r),
        new Identity(
            r.flag("identity.demoUsers", true),
            r.duration("identity.sessionLifetime", Duration.ofHours(12)),
            r.integer("identity.loginAttemptsPerMinute", 10, 1, 10_000)),
        new Invitations(
            r.duration("invitations.lifetime", Duration.ofDays(7)),
            r.integer("invitations.maxRedemptions", 50, 1, 10_000),
            r.integer("invitations.attemptsPerMinute", 60, 1, 100_000)),
        RoomSettings.rooms(r),
        MediaSettings.media(r),
        turn(r),
        RecordingSettings.read(r),
        SealSettings.seal(r),
        SealSettings.transparency(r),
        ExportSettings.exports(r),
        new Stop(r.duration("stop.finishRecordings", Duration.ofSeconds(60))),
        new Log(r.choice("log.format", LogFormat.TEXT, LogFormat.class)));
  }

  private static Http http(ConfigReader r) {
    return new Http(
        r.integer("http.port", 8080, 0, 65_535),
        r.integer("http.httpsPort", 8443, 0, 65_535),
        r.text("http.bind", "127.0.0.1"),
        r.text("http.httpsBind", "0.0.0.0"),
        r.uri("http.publicUrl"),
        r.integer("http.bodyLimitBytes", 262_144, 1_024, 16_777_216),
        r.duration("http.idleTimeout", Duration.ofSeconds(120)));
  }

  private static Database database(ConfigReader r) {
    return new Database(
        r.optionalText("database.url"),
        r.text("database.user", "postgres"),
        Secret.of(r.text("database.password", "")),
        r.integer("database.poolSize", 6, 2, 100),
        r.duration("database.timeout", Duration.ofSeconds(10)),
        r.optionalPath("database.binaries"));
  }

  private static Turn turn(ConfigReader r) {
    List<String> urls = r.texts("turn.urls");
    String secret = r.text("turn.secret", "");
    boolean relayOnly = r.flag("turn.relayOnly", false);
    urls.stream()
        .filter(url -> !TurnOptions.isUrl(url))
        .forEach(
            url ->
                r.refuse(
                    "turn.urls",
                    "must be such as turn:turn.example:3478?transport=udp, found '" + url + "'"));
    boolean relays = urls.stream().anyMatch(TurnOptions::isRelay);
    if (relays && secret.isBlank()) {
      r.refuse("turn.secret", "must be set when turn.urls has a turn: or turns: URL");
    }
    if (relayOnly && !relays) {
      r.refuse("turn.relayOnly", "needs a turn: or turns: URL in turn.urls");
    }
    return new Turn(
        urls, Secret.of(secret), r.duration("turn.lifetime", Duration.ofHours(4)), relayOnly);
  }

  /** This configuration with the ports and the folder given on the command line. */
  public HeyiConfig with(
      @Nullable Integer port, @Nullable Integer httpsPort, @Nullable Path directory) {
    Http changed =
        new Http(
            Objects.requireNonNullElse(port, http.port()),
            Objects.requireNonNullElse(httpsPort, http.httpsPort()),
            http.bind(),
            http.httpsBind(),
            http.publicUrl(),
            http.bodyLimitBytes(),
            http.idleTimeout());
    Data folder = directory == null ? data : new Data(directory);
    return new HeyiConfig(
        changed,
        folder,
        database,
        identity,
        invitations,
        rooms,
        media,
        turn,
        recording,
        seal,
        transparency,
        exports,
        stop,
        log);
  }

  /** This configuration with another media port; 0 lets the system choose. */
  public HeyiConfig withUdpPort(int udpPort) {
    Media changed =
        new Media(
            media.bridges(),
            media.region(),
            udpPort,
            media.addresses(),
            media.bridgeTimeout(),
            media.checks(),
            media.warmUp(),
            media.embedded());
    return new HeyiConfig(
        http,
        data,
        database,
        identity,
        invitations,
        rooms,
        changed,
        turn,
        recording,
        seal,
        transparency,
        exports,
        stop,
        log);
  }
}
