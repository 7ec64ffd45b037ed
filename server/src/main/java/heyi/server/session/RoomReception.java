package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.recording.session.SourceReception;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.SeatId;
import heyi.signaling.socket.ServerFact;
import java.util.List;

/** What a recorder receives, in the words of rooms. */
final class RoomReception {
  private RoomReception() {}

  static ServerFact of(ConferenceId conference, List<SourceReception> sources) {
    return new ServerFact.RecorderHears(
        conference, sources.stream().map(RoomReception::of).toList());
  }

  private static HeardSource of(SourceReception source) {
    return new HeardSource(
        new SeatId(source.seatId()),
        source.kind(),
        source.bytes(),
        switch (source.standing()) {
          case RECEIVED -> HeardSource.Standing.RECEIVED;
          case MUTED -> HeardSource.Standing.MUTED;
          case SILENT -> HeardSource.Standing.SILENT;
          case GIVEN_UP -> HeardSource.Standing.GIVEN_UP;
        });
  }
}
