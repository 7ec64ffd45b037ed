package heyi.recording.log;

import heyi.recording.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Somebody else who looks whether the log only grows, and says so by his signature. <b>Source:</b>
 * <a href="https://c2sp.org/tlog-witness">tlog-witness</a>, {@code add-checkpoint}.
 *
 * <p><b>Threads:</b> one; blocks up to the timeout.
 */
public final class Witness {
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final int CONFLICT = 409;

  private final URI uri;
  private final NoteKey key;
  private final Duration timeout;
  private final HttpClient client;

  /** The size that he cosigned last, as far as is known; he says so when it is wrong. */
  private long seen;

  /**
   * A witness.
   *
   * @param prefix his submission prefix
   * @param key what his signatures are checked with
   */
  public Witness(URI prefix, NoteKey key, Duration timeout) {
    this.uri = URI.create(prefix + (prefix.toString().endsWith("/") ? "" : "/") + "add-checkpoint");
    this.key = key;
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** Name and key. */
  public NoteKey key() {
    return key;
  }

  /**
   * Has the latest checkpoint cosigned and keeps what he says.
   *
   * @throws LogException when he does not answer or refuses; try again later
   */
  public void cosign(TransparencyLog log) {
    Checkpoint checkpoint = log.checkpoint();
    if (checkpoint.size() == 0 || log.cosignature(checkpoint.size(), key).isPresent()) {
      return;
    }
    Answer answer = submit(log, checkpoint);
    if (answer.status() == CONFLICT) {
      seen = size(answer.body());
      answer = submit(log, checkpoint);
    }
    if (answer.status() != 200) {
      throw new LogException("witness " + key.name() + " answered " + answer.status());
    }
    String line = lineOf(checkpoint, answer.body());
    log.cosigned(checkpoint.size(), key, line);
    seen = checkpoint.size();
  }

  private record Answer(int status, String body) {}

  private Answer submit(TransparencyLog log, Checkpoint checkpoint) {
    if (seen > checkpoint.size()) {
      throw new LogException(
          "witness " + key.name() + " has seen " + seen + " entries, the log has fewer");
    }
    List<Sha256> proof = log.consistency(seen, checkpoint.size());
    StringBuilder body = new StringBuilder("old ").append(seen).append('\n');
    proof.forEach(
        hash -> body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
    body.append('\n').append(checkpoint.text());
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] answer = in.readNBytes(MAX_ANSWER_BYTES);
        return new Answer(response.statusCode(), new String(answer, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new LogException("witness " + key.name() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("interrupted while waiting for witness " + key.name(), e);
    }
  }

  /** His own line out of the answer; others are none of ours. */
  private String lineOf(Checkpoint checkpoint, String answer) {
    for (String line : answer.split("\n")) {
      String whole = line + "\n";
      if (checkpoint.with(whole).cosignedBy(key).isPresent()) {
        return whole;
      }
    }
    throw new LogException("witness " + key.name() + " gave no signature of his");
  }

  private long size(String answer) {
    try {
      return Long.parseLong(answer.strip());
    } catch (NumberFormatException e) {
      throw new LogException("witness " + key.name() + " names no size", e);
    }
  }
}
