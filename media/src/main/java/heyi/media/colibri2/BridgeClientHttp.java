package heyi.media.colibri2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bridge reached over HTTP.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> answers over {@value #MAX_ANSWER_BYTES} bytes count as
 * declined; at most {@value PerConference#MAX_WAITING} calls wait per conference.
 */
public final class BridgeClientHttp implements BridgeClient, AutoCloseable {
  static final int MAX_ANSWER_BYTES = 1024 * 1024;
  private static final String CONFERENCES = "/colibri/v2/conferences";
  private static final Pattern HTML_REASON =
      Pattern.compile("<th>MESSAGE:</th><td>([^<]{1,200})</td>");
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final BridgeClientOptions options;
  private final WebClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final PerConference order = new PerConference();

  private BridgeClientHttp(BridgeClientOptions options, WebClient http) {
    this.options = options;
    this.http = http;
  }

  /**
   * Makes a client; no connection is opened yet.
   *
   * @param vertx owner of the event loops
   * @param options which bridge
   */
  public static BridgeClientHttp create(Vertx vertx, BridgeClientOptions options) {
    WebClientOptions http =
        new WebClientOptions()
            .setConnectTimeout((int) options.timeout().toMillis())
            .setFollowRedirects(false);
    return new BridgeClientHttp(options, WebClient.create(vertx, http));
  }

  @Override
  public BridgeId id() {
    return options.id();
  }

  @Override
  public Future<AllocationOutcome> allocate(ConferenceId conference, EndpointId endpoint) {
    return order.next(
        conference,
        () ->
            send(HttpMethod.PATCH, path(conference), ColibriRequests.createEndpoint(endpoint))
                .compose(
                    answer ->
                        answer.status() == NOT_FOUND
                            ? send(
                                HttpMethod.POST,
                                CONFERENCES,
                                ColibriRequests.createConference(conference, endpoint))
                            : Future.succeededFuture(answer))
                .map(answer -> allocation(endpoint, answer)));
  }

  private AllocationOutcome allocation(EndpointId endpoint, Answer answer) {
    if (answer.isSilence()) {
      return new AllocationOutcome.Unreachable(id(), options.timeout());
    }
    if (answer.status() != OK) {
      return new AllocationOutcome.Declined(id(), answer.reason());
    }
    try {
      JsonNode body = json.readTree(answer.body());
      for (JsonNode node : body.path("endpoints")) {
        if (endpoint.value().equals(node.path("id").asText())) {
          TransportDescription transport =
              TransportJson.read(node.path("transport").path("transport"));
          return transport.candidates().isEmpty()
              ? new AllocationOutcome.Declined(id(), "bridge has no address for media")
              : new AllocationOutcome.Allocated(id(), transport, feedback(body.path("sources")));
        }
      }
      return new AllocationOutcome.Declined(id(), "answer does not name the endpoint");
    } catch (JsonProcessingException e) {
      return new AllocationOutcome.Declined(id(), "answer is not JSON");
    } catch (ColibriFormatException e) {
      return new AllocationOutcome.Declined(id(), "answer: " + e.getMessage());
    }
  }

  private static List<MediaSource> feedback(JsonNode sources) throws ColibriFormatException {
    return sources.isMissingNode() ? List.of() : SourcesJson.read(sources);
  }

  @Override
  public Future<UpdateOutcome> update(
      ConferenceId conference,
      EndpointId endpoint,
      @Nullable TransportDescription transport,
      @Nullable List<MediaSource> sources) {
    ObjectNode body = ColibriRequests.update(endpoint, transport, sources);
    return order.next(
        conference, () -> send(HttpMethod.PATCH, path(conference), body).map(this::updateOutcome));
  }

  private UpdateOutcome updateOutcome(Answer answer) {
    if (answer.isSilence()) {
      return new UpdateOutcome.Unreachable(id(), options.timeout());
    }
    return switch (answer.status()) {
      case OK -> new UpdateOutcome.Updated(id());
      case NOT_FOUND -> new UpdateOutcome.ConferenceGone(id());
      default -> new UpdateOutcome.Declined(id(), answer.reason());
    };
  }

  @Override
  public Future<Void> expireEndpoint(ConferenceId conference, EndpointId endpoint) {
    // A bridge answers 400 for an endpoint it does not know: gone is what was asked for.
    return patch(conference, ColibriRequests.expireEndpoint(endpoint))
        .compose(answer -> answer.status() < 500 ? done() : failed("expire endpoint", answer));
  }

  @Override
  public Future<Void> expireConference(ConferenceId conference) {
    return patch(conference, ColibriRequests.expireConference())
        .compose(
            answer ->
                answer.status() == OK || answer.status() == NOT_FOUND
                    ? done()
                    : failed("expire conference", answer));
  }

  @Override
  public Future<Void> forceMute(ConferenceId conference, EndpointId endpoint, ForceMute mute) {
    return patch(conference, ColibriRequests.forceMute(endpoint, mute))
        .compose(answer -> answer.status() == OK ? done() : failed("force mute", answer));
  }

  private Future<Answer> patch(ConferenceId conference, ObjectNode body) {
    return order.next(
        conference,
        () ->
            send(HttpMethod.PATCH, path(conference), body)
                .compose(
                    answer ->
                        answer.isSilence()
                            ? Future.failedFuture(new BridgeException(id(), "no answer"))
                            : Future.succeededFuture(answer)));
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private <T> Future<T> failed(String what, Answer answer) {
    return Future.failedFuture(new BridgeException(id(), what + ": " + answer.reason()));
  }

  @Override
  public Future<BridgeHealth> health() {
    long started = System.nanoTime();
    return send(HttpMethod.GET, "/about/health", null)
        .map(
            answer -> {
              if (answer.isSilence()) {
                return new BridgeHealth.Unreachable(id(), options.timeout());
              }
              Duration took = Duration.ofNanos(System.nanoTime() - started);
              return answer.status() == OK
                  ? new BridgeHealth.Healthy(id(), took)
                  : new BridgeHealth.Sick(id(), answer.status());
            });
  }

  @Override
  public Future<BridgeLoad> load() {
    return send(HttpMethod.GET, "/colibri/stats", null)
        .compose(
            answer -> {
              if (answer.isSilence() || answer.status() != OK) {
                return failed("statistics", answer);
              }
              try {
                return Future.succeededFuture(BridgeLoad.read(json.readTree(answer.body())));
              } catch (JsonProcessingException | ColibriFormatException e) {
                return Future.failedFuture(new BridgeException(id(), "statistics", e));
              }
            });
  }

  /** Closes the connections; calls under way fail as unreachable. */
  @Override
  public void close() {
    http.close();
  }

  private Future<Answer> send(HttpMethod method, String path, @Nullable ObjectNode body) {
    var request =
        http.requestAbs(method, options.base().resolve(path).toString())
            .timeout(options.timeout().toMillis());
    Future<HttpResponse<Buffer>> sent =
        body == null
            ? request.send()
            : request
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body.toString()));
    return sent.map(BridgeClientHttp::answer)
        .recover(failure -> Future.succeededFuture(Answer.SILENCE));
  }

  private static Answer answer(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    if (body == null) {
      return new Answer(response.statusCode(), "");
    }
    return body.length() > MAX_ANSWER_BYTES
        ? new Answer(response.statusCode(), "")
        : new Answer(response.statusCode(), body.toString());
  }

  private static String path(ConferenceId conference) {
    return CONFERENCES + "/" + conference.value();
  }

  /** Status 0: no answer came. */
  private record Answer(int status, String body) {
    static final Answer SILENCE = new Answer(0, "");

    boolean isSilence() {
      return status == 0;
    }

    /** A bridge says why only in the HTML page of a refused POST. */
    String reason() {
      Matcher matcher = HTML_REASON.matcher(body);
      return matcher.find() ? matcher.group(1) : "status " + status;
    }
  }
}
