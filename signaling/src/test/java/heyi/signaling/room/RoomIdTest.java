package heyi.signaling.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomIdTest {
  private static final RoomId JOINT = new RoomId("session-7c");

  @Test
  void aCaucusKnowsTheRoomBesideWhichItIs() {
    assertThat(JOINT.caucus(3).isCaucus()).isTrue();
    assertThat(JOINT.caucus(3).joint()).isEqualTo(JOINT);
  }

  @Test
  void everyOtherRoomIsItsOwn() {
    for (RoomId room : new RoomId[] {JOINT, new RoomId("caucus-1"), new RoomId("a-caucus-b")}) {
      assertThat(room.isCaucus()).isFalse();
      assertThat(room.joint()).isEqualTo(room);
    }
  }
}
