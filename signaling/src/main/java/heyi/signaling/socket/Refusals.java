package heyi.signaling.socket;

import heyi.signaling.room.RefusalReason;
import heyi.signaling.wire.ErrorCode;

/** The room's refusals as errors of the protocol. */
final class Refusals {
  private Refusals() {}

  static ErrorCode code(RefusalReason reason) {
    return switch (reason) {
      case UNKNOWN_SEAT -> ErrorCode.UNKNOWN_SEAT;
      case NOT_ALLOWED -> ErrorCode.NOT_ALLOWED;
      case WRONG_PHASE -> ErrorCode.WRONG_PHASE;
      case CONSENT_REQUIRED -> ErrorCode.CONSENT_REQUIRED;
      case RECORDER_NOT_READY -> ErrorCode.RECORDER_NOT_READY;
      case SEAT_AWAY -> ErrorCode.SEAT_AWAY;
      case TOO_MANY_CAUCUSES -> ErrorCode.TOO_MANY_CAUCUSES;
      case OTHER_DOCUMENT -> ErrorCode.OTHER_DOCUMENT;
      case TEXT_TOO_LONG -> ErrorCode.TOO_LARGE;
      case TRANSCRIPT_FULL -> ErrorCode.TRANSCRIPT_FULL;
      case TOO_FAST -> ErrorCode.TOO_MANY_MESSAGES;
      case UNKNOWN_LINE -> ErrorCode.UNKNOWN_LINE;
      case TRANSCRIPT_CHANGED -> ErrorCode.TRANSCRIPT_CHANGED;
      case ROOM_CLOSED -> ErrorCode.USED_UP_INVITATION;
    };
  }

  static String sentence(RefusalReason reason) {
    return switch (reason) {
      case UNKNOWN_SEAT -> "there is no such seat in this room";
      case NOT_ALLOWED -> "your role may not do this";
      case WRONG_PHASE -> "this is not possible in the present phase";
      case CONSENT_REQUIRED -> "recording and online form must be agreed to first";
      case RECORDER_NOT_READY -> "the recorder does not receive yet";
      case SEAT_AWAY -> "nobody sits there now";
      case TOO_MANY_CAUCUSES -> "the session had as many caucuses as it may have";
      case OTHER_DOCUMENT -> "this is not the document on the table";
      case TEXT_TOO_LONG -> "the text is longer than it may be";
      case TRANSCRIPT_FULL -> "the transcript holds as much as it may";
      case TOO_FAST -> "too many entries within a minute";
      case UNKNOWN_LINE -> "the transcript has no such line or objection";
      case TRANSCRIPT_CHANGED -> "the line is another by now, or the objection is answered";
      case ROOM_CLOSED -> "the session is over";
    };
  }
}
