package heyi.server.readiness;

import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks all parts of the server whether they can do their work.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller. <b>Bounds:</b> a part that has not answered
 * yet is not asked a second time, however many want to know; after {@link #LIMIT} that is its
 * problem.
 */
public final class Readiness {
  /** Probes of orchestrators give up after some seconds; a healthy part needs milliseconds. */
  public static final Duration LIMIT = Duration.ofSeconds(3);

  private final List<Part> parts;
  private final Blocking blocking;
  private final Map<String, Future<Standing>> asked = new ConcurrentHashMap<>();

  /** Knows these parts. */
  public Readiness(List<Part> parts, Blocking blocking) {
    this.parts = List.copyOf(parts);
    this.blocking = blocking;
  }

  /** How all of them stand, in their order; never fails. */
  public Future<List<Standing>> look() {
    List<Future<Standing>> all = parts.stream().map(this::look).toList();
    return Future.join(all).map(_ -> all.stream().map(Future::result).toList());
  }

  private Future<Standing> look(Part part) {
    Future<Standing> answer = asked.computeIfAbsent(part.name(), _ -> ask(part));
    answer.onComplete(_ -> asked.remove(part.name(), answer));
    return answer
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.succeededFuture(standing(part, sentence(failure))));
  }

  private Future<Standing> ask(Part part) {
    return blocking
        .call(() -> part.problem().call())
        .map(problem -> new Standing(part.name(), part.need(), problem.orElse(null)));
  }

  private static Standing standing(Part part, String problem) {
    return new Standing(part.name(), part.need(), problem);
  }

  /** What went wrong and why, without the names of our classes. */
  private static String sentence(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "no answer within " + LIMIT.toSeconds() + " s";
    }
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }

  /** Whether rooms can be held. */
  public static boolean isReady(List<Standing> standings) {
    return standings.stream()
        .allMatch(standing -> standing.ready() || standing.need() == Part.Need.DESIRED);
  }
}
