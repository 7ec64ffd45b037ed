package heyi.server.transparency;

import heyi.recording.Sha256;
import heyi.recording.log.LogException;
import heyi.recording.log.WitnessedLog;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.RateLimit;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Serves the log below {@code /api/log} as <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a> has
 * it: nobody has to be trusted or asked to look after it. What it holds are hashes and names of
 * recordings, nothing of persons.
 */
public final class LogRoutes implements Routes {
  private static final String PREFIX = "/api/log/";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Pattern TILE =
      Pattern.compile("tile/(entries|[0-9]{1,2})/(x[0-9]{3}/){0,4}[0-9]{3}(\\.p/[0-9]{1,3})?");

  private final WitnessedLog log;
  private final RateLimit limit;
  private final Blocking blocking;

  /**
   * Serves a log.
   *
   * @param limit for each address
   */
  public LogRoutes(WitnessedLog log, RateLimit limit, Blocking blocking) {
    this.log = log;
    this.limit = limit;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get(PREFIX + "checkpoint", Access.ANYONE, this::checkpoint);
    api.get(PREFIX + "keys", Access.ANYONE, this::keys);
    api.get(PREFIX + "consistency", Access.ANYONE, this::consistency);
    api.get(PREFIX + "tile/*", Access.ANYONE, this::tile);
  }

  private Future<Reply> checkpoint(Call call) {
    return limited(call, () -> text(log.checkpoint().text(), "public, max-age=5"));
  }

  /** The log's first, then those of the witnesses. */
  private Future<Reply> keys(Call call) {
    return limited(call, () -> text(log.verifierKeys(), "public, max-age=5"));
  }

  private Future<Reply> consistency(Call call) {
    int from = call.query("from", 0, 0, Integer.MAX_VALUE);
    int to = call.query("to", 0, 0, Integer.MAX_VALUE);
    return limited(
        call,
        () -> {
          StringBuilder lines = new StringBuilder();
          for (Sha256 hash : proof(from, to)) {
            lines.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
          }
          return text(lines.toString(), "public, max-age=86400");
        });
  }

  private List<Sha256> proof(int from, int to) {
    try {
      return log.log().consistency(from, to);
    } catch (LogException e) {
      throw Problem.malformed("The log has no such two trees: " + e.getMessage() + ".");
    }
  }

  private Future<Reply> tile(Call call) {
    String path = call.request().path().substring(PREFIX.length());
    if (!TILE.matcher(path).matches()) {
      throw Problem.notFound("tile");
    }
    return limited(
        call,
        () ->
            new Reply.Bytes(
                "application/octet-stream",
                log.log().tile(path).orElseThrow(() -> Problem.notFound("tile")),
                cached("public, max-age=31536000, immutable")));
  }

  private Future<Reply> limited(Call call, Callable<Reply> answer) {
    limit.spend(call.request().remoteAddress().hostAddress());
    return blocking.call(answer);
  }

  private static Reply text(String text, String caching) {
    return new Reply.Bytes(TEXT, text.getBytes(StandardCharsets.UTF_8), cached(caching));
  }

  private static List<Reply.Header> cached(String caching) {
    return List.of(new Reply.Header("Cache-Control", caching));
  }
}
