package heyi.recording;

import java.time.Instant;

/**
 * One of the two people without whom nothing is opened or ended.
 *
 * @param userId of the account
 * @param role that he acted in
 * @param at when
 */
public record Signatory(String userId, String role, Instant at) {}
