/**
 * Plays mediations against a running server over its real HTTP and WebSocket API, with scripted
 * participants that send real sound and picture.
 *
 * <p>{@link heyi.server.demo.MediationPlay} plays a whole session; {@link
 * heyi.server.demo.ScriptedParticipant} and {@link heyi.server.demo.ApiClient} are its people and
 * its telephone, used by the benchmarks too. Everything here blocks its caller, the main thread of
 * a verb.
 */
@NullMarked
package heyi.server.demo;

import org.jspecify.annotations.NullMarked;
