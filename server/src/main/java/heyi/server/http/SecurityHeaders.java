package heyi.server.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Headers that limit what a page of ours may do, on every answer.
 *
 * <p>The policy allows nothing but the server's own scripts, styles and connections. {@code 'self'}
 * does not cover web sockets in older Safari (WeChat on iOS), so the socket address of the same
 * host is named too. Camera and microphone are for this origin only.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self' blob:; font-src 'self' data:; connect-src 'self'%s;"
          + " worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'; object-src 'none'";

  @Override
  public void handle(RoutingContext context) {
    var authority = context.request().authority();
    String host = authority == null ? "" : authority.toString();
    String sockets =
        HOST.matcher(host).matches()
            ? (context.request().isSSL() ? " wss://" : " ws://") + host
            : "";
    MultiMap headers = context.response().headers();
    headers
        .set("Content-Security-Policy", String.format(Locale.ROOT, POLICY, sockets))
        .set("X-Content-Type-Options", "nosniff")
        .set("X-Frame-Options", "DENY")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set(
            "Permissions-Policy",
            "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
    if (context.request().path().startsWith("/api/")) {
      // Nothing of a case stays behind, and no cache asks for more of a medium than its player
      // does.
      headers.set("Cache-Control", "no-store");
    }
    context.next();
  }
}
