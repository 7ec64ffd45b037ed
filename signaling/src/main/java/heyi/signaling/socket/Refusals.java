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
      case OTHER_DOCUMENT -> ErrorCode.OTHER_DOCUMENT;
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
      case OTHER_DOCUMENT -> "this is not the document on the table";
      case ROOM_CLOSED -> "the session is over";
    };
  }
}
