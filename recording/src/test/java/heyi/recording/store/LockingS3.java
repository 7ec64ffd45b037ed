package heyi.recording.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of S3 with Object Lock as the adapter uses: objects in memory, in versions, which it
 * gives up neither before their time nor under a hold. Keeps what it was asked. No library with
 * such a store runs in a test.
 */
final class LockingS3 implements AutoCloseable {
  /** Whether the bucket has a lock, or what a store without one answers. */
  enum Kind {
    LOCKED("", 200),
    WITHOUT("ObjectLockConfigurationNotFoundError", 404),
    UNAWARE("NotImplemented", 501),
    DENYING("AccessDenied", 403),
    BROKEN("InternalError", 500);

    private final String code;
    private final int status;

    Kind(String code, int status) {
      this.code = code;
      this.status = status;
    }
  }

  /** A request, without what only the transport needs. */
  record Request(String method, String path, @Nullable String query, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private record Kept(byte[] content, Map<String, String> headers) {}

  private final HttpServer server;
  private final Kind kind;
  private final Map<String, Kept> objects = new TreeMap<>();
  private final Map<String, String> holds = new TreeMap<>();
  private final List<Request> requests = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private LockingS3(HttpServer server, Kind kind) {
    this.server = server;
    this.kind = kind;
  }

  static LockingS3 start(Kind kind) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LockingS3 s3 = new LockingS3(server, kind);
    server.createContext("/", s3::answer);
    server.start();
    return s3;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Its clock, for what it keeps until when. */
  synchronized void now(Instant instant) {
    now = instant;
  }

  /** What was asked with the method, oldest first. */
  synchronized List<Request> asked(String method) {
    return requests.stream().filter(request -> request.method().equals(method)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    URI uri = exchange.getRequestURI();
    String query = uri.getQuery();
    requests.add(new Request(exchange.getRequestMethod(), uri.getPath(), query, headers));
    String asked = query == null ? "" : query;
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, uri.getPath(), asked, headers, body);
      case "HEAD", "GET" -> get(exchange, uri.getPath(), asked);
      case "DELETE" -> delete(exchange, uri.getPath());
      default -> error(exchange, 405, "MethodNotAllowed");
    }
  }

  private void put(
      HttpExchange exchange, String path, String query, Map<String, String> headers, byte[] body)
      throws IOException {
    if (query.startsWith("legal-hold")) {
      boolean on = new String(body, StandardCharsets.UTF_8).contains("<Status>ON</Status>");
      holds.put(path, on ? "ON" : "OFF");
      reply(exchange, 200, "");
    } else if (isBucket(path)) {
      reply(exchange, 200, "");
    } else if (objects.containsKey(path)) {
      error(exchange, 412, "PreconditionFailed");
    } else {
      boolean chunked = headers.getOrDefault("content-encoding", "").contains("aws-chunked");
      objects.put(path, new Kept(chunked ? dechunked(body) : body, headers));
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      reply(exchange, 200, "");
    }
  }

  private void get(HttpExchange exchange, String path, String query) throws IOException {
    if (query.startsWith("object-lock")) {
      if (kind == Kind.LOCKED) {
        reply(
            exchange,
            200,
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
                + "</ObjectLockConfiguration>");
      } else {
        error(exchange, kind.status, kind.code);
      }
    } else if (query.contains("versions")) {
      reply(exchange, 200, versions(query));
    } else if (isBucket(path)) {
      reply(exchange, 200, "");
    } else {
      object(exchange, objects.get(path));
    }
  }

  private static void object(HttpExchange exchange, @Nullable Kept kept) throws IOException {
    if (kept == null) {
      error(exchange, 404, "NoSuchKey");
      return;
    }
    kept.headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-amz-meta-") || name.equals("content-type")) {
                exchange.getResponseHeaders().set(name, value);
              }
            });
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    exchange.getResponseHeaders().set("Last-Modified", "Sat, 21 Nov 2026 00:00:00 GMT");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + kept.content().length);
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, kept.content().length);
      exchange.getResponseBody().write(kept.content());
    }
    exchange.close();
  }

  private String versions(String query) {
    StringBuilder found =
        new StringBuilder(
            "<ListVersionsResult><Name>heyi</Name><Prefix/><MaxKeys>1000</MaxKeys>"
                + "<IsTruncated>false</IsTruncated>");
    for (String path : objects.keySet()) {
      String key = path.substring(path.indexOf('/', 1) + 1);
      if (key.startsWith(parameter(query, "prefix"))) {
        found
            .append("<Version><Key>")
            .append(key)
            .append("</Key><VersionId>v1</VersionId><IsLatest>true</IsLatest>")
            .append(
                "<LastModified>2026-11-21T00:00:00.000Z</LastModified><Size>1</Size></Version>");
      }
    }
    return found.append("</ListVersionsResult>").toString();
  }

  private void delete(HttpExchange exchange, String path) throws IOException {
    Kept kept = objects.get(path);
    String until =
        kept == null ? "" : kept.headers().getOrDefault("x-amz-object-lock-retain-until-date", "");
    boolean early = !until.isEmpty() && now.isBefore(Instant.parse(until));
    if (early || Objects.equals(holds.get(path), "ON")) {
      error(exchange, 403, "AccessDenied");
    } else {
      objects.remove(path);
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    }
  }

  private static String parameter(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static boolean isBucket(String path) {
    return path.indexOf('/', 1) < 0 || path.endsWith("/");
  }

  /** Takes the frames of a signed stream away: size in hexadecimal, extensions, line end, bytes. */
  private static byte[] dechunked(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    int size = nextSize(in);
    while (size > 0) {
      byte[] chunk = new byte[size];
      int read = in.read(chunk, 0, size);
      content.write(chunk, 0, read);
      in.skip(2);
      size = nextSize(in);
    }
    return content.toByteArray();
  }

  private static int nextSize(ByteArrayInputStream in) {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.isEmpty() ? 0 : Integer.parseInt(line.toString().strip().split(";", 2)[0], 16);
  }

  private static void reply(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    String xml = "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>";
    reply(exchange, status, exchange.getRequestMethod().equals("HEAD") ? "" : xml);
  }
}
