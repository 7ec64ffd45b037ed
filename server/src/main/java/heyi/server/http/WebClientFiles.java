package heyi.server.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the built web client from the class path ({@code web/}); every path that is no file is
 * answered with index.html, because the client routes by itself.
 *
 * <p>Files are held in memory, compressed once: the whole client is about a megabyte. Names of
 * built assets carry a content hash, so they may be cached for ever; index.html never. Only names
 * that exist enter the cache, so callers cannot make it grow.
 */
final class WebClientFiles implements Handler<RoutingContext> {
  private static final Pattern SAFE_PATH = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"));
  private static final String NOT_BUILT =
      "<!doctype html><meta charset=utf-8><title>Heyi</title><p>The web client was not built into"
          + " this server.";

  /** One file with its script in it, which may talk to nobody. */
  private static final String VERIFIER = "/verify.html";

  private static final String VERIFIER_POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private record File(String type, byte[] plain, byte[] gzip, String etag, boolean immutable) {}

  private final Map<String, File> files = new ConcurrentHashMap<>();

  @Override
  public void handle(RoutingContext context) {
    String path = context.normalizedPath();
    File file = SAFE_PATH.matcher(path).matches() ? file(path) : null;
    if (file == null && path.startsWith("/assets/")) {
      context.fail(Problem.notFound("file"));
      return;
    }
    send(context, file == null ? index() : file);
  }

  private File index() {
    File index = file("/index.html");
    return index == null
        ? new File(
            TYPES.getOrDefault("html", ""),
            NOT_BUILT.getBytes(StandardCharsets.UTF_8),
            new byte[0],
            "\"none\"",
            false)
        : index;
  }

  private void send(RoutingContext context, File file) {
    HttpServerResponse response = context.response();
    if (VERIFIER.equals(context.normalizedPath())) {
      response.putHeader("Content-Security-Policy", VERIFIER_POLICY);
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
        .putHeader(HttpHeaders.ETAG, file.etag())
        .putHeader(HttpHeaders.VARY, "Accept-Encoding")
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            file.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.etag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    String encodings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = file.gzip().length > 0 && encodings != null && encodings.contains("gzip");
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.end(Buffer.buffer(gzip ? file.gzip() : file.plain()));
  }

  private @Nullable File file(String path) {
    return files.computeIfAbsent(path, WebClientFiles::load);
  }

  private static @Nullable File load(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    String type = TYPES.get(extension);
    if (type == null) {
      return null;
    }
    try (InputStream in = WebClientFiles.class.getResourceAsStream("/web" + path)) {
      if (in == null) {
        return null;
      }
      byte[] plain = in.readAllBytes();
      CRC32C sum = new CRC32C();
      sum.update(plain);
      String etag =
          "\"" + Long.toHexString(sum.getValue()) + HexFormat.of().toHexDigits(plain.length) + "\"";
      return new File(type, plain, gzip(plain), etag, path.startsWith("/assets/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where compression saves nothing, as for pictures and fonts. */
  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.size() < plain.length * 9 / 10 ? out.toByteArray() : new byte[0];
  }
}
