/**
 * HTTP: routes, authentication, problem details (RFC 9457), security headers, the web client's
 * files.
 *
 * <p>Features hand in {@link heyi.server.http.Routes}; each route answers a {@link
 * heyi.server.http.Call} with a future {@link heyi.server.http.Reply} or throws a {@link
 * heyi.server.http.Problem}. Handlers run on an event loop and must not wait.
 */
@NullMarked
package heyi.server.http;

import org.jspecify.annotations.NullMarked;
