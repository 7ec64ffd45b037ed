package heyi.recording.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import heyi.recording.Sha256;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A witness as tlog-witness describes it, in one process, for one log. */
final class TestWitness implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

  private final NoteKey log;
  private final EvidenceKey secret = EvidenceKey.fresh(SignatureScheme.ED25519, new SecureRandom());
  private final NoteKey key =
      new NoteKey("witness.example/w1", NoteKey.Kind.WITNESS, secret.publicKey());
  private final HttpServer server;
  private @Nullable Checkpoint seen;

  TestWitness(NoteKey log) throws IOException {
    this.log = log;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::answer);
    server.start();
  }

  NoteKey key() {
    return key;
  }

  URI prefix() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int gap = request.indexOf("\n\n");
    String[] head = request.substring(0, gap).split("\n");
    long old = Long.parseLong(head[0].substring("old ".length()));
    List<Sha256> proof = new ArrayList<>();
    for (int i = 1; i < head.length; i++) {
      proof.add(Sha256.ofDigest(Base64.getDecoder().decode(head[i])));
    }
    Checkpoint checkpoint = Checkpoint.read(request.substring(gap + 2));
    long seenSize = seen == null ? 0 : seen.size();
    if (!checkpoint.signedBy(log)) {
      reply(exchange, 403, "");
    } else if (old != seenSize) {
      exchange.getResponseHeaders().add("Content-Type", "text/x.tlog.size");
      reply(exchange, 409, seenSize + "\n");
    } else if (seen != null
        && !TreeProofs.extendsTree(old, seen.root(), checkpoint.size(), checkpoint.root(), proof)) {
      reply(exchange, 422, "");
    } else {
      seen = checkpoint;
      reply(exchange, 200, checkpoint.cosign(key, secret, NOW));
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
