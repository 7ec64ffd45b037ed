package heyi.media.sdp;

import java.util.Locale;

/** Which way media flows in a section, seen by the writer of the description (RFC 8866 §6.7). */
enum Direction {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }
}
