package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.SessionClock;
import heyi.recording.ledger.LedgerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A wall clock beside a session clock, both moved by hand. */
@DisplayName("R26: a wall clock that is set while something is recorded stands in the record")
class ClockWatchTest {
  private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
  private static final Duration LOOK = Duration.ofMillis(500);

  private final AtomicLong nanos = new AtomicLong();
  private final SessionClock session = SessionClock.startingAt(START, nanos::get);
  private Instant wall = START;

  @Test
  void clocksThatGoTogetherAreNotWorthAWord() {
    ClockWatch watch = new ClockWatch(Duration.ZERO);

    for (int look = 0; look < 10_000; look++) {
      passes(LOOK, LOOK.plusNanos(250_000)); // a time server slews by half a millisecond a second
      assertThat(watch.look(wall, session)).isEmpty();
    }
  }

  @Test
  void eachStepIsToldOnceByHowMuchAndToWhere() {
    ClockWatch watch = new ClockWatch(Duration.ZERO);
    passes(LOOK, LOOK.plusHours(1));
    LedgerEvent forward = watch.look(wall, session).orElseThrow();
    passes(LOOK, LOOK);
    assertThat(watch.look(wall, session)).isEmpty();

    passes(LOOK, LOOK.minusHours(2));
    LedgerEvent back = watch.look(wall, session).orElseThrow();

    assertThat(forward.type()).isEqualTo("clock-jump");
    assertThat(forward.payload().toString())
        .isEqualTo("{\"byMillis\":3600000,\"aheadMillis\":3600000}");
    assertThat(back.payload().toString())
        .isEqualTo("{\"byMillis\":-7200000,\"aheadMillis\":-3600000}");
  }

  @Test
  void aClockThatWasSetBackWhileTheServerWasDownIsToldWhenTheRecordingGoesOn() {
    SessionClock.Reading last =
        new SessionClock.Reading(START.plusSeconds(10), Duration.ofSeconds(10));
    Instant now = START.minusSeconds(3_600);
    SessionClock resumed = SessionClock.goingOn(START, last, now, nanos::get);

    assertThat(resumed.offset()).isEqualTo(last.offset());
    assertThat(new ClockWatch(last.ahead(START)).look(now, resumed).orElseThrow().payload())
        .hasToString("{\"byMillis\":-3610000,\"aheadMillis\":-3610000}");
  }

  @Test
  void whatPassedWhileTheServerWasDownCountsFromTheLastEntryAndNotFromTheStart() {
    SessionClock.Reading last = // the wall clock was set by an hour while it recorded
        new SessionClock.Reading(START.plusSeconds(3_610), Duration.ofSeconds(10));

    SessionClock resumed = SessionClock.goingOn(START, last, START.plusSeconds(3_615), nanos::get);

    assertThat(resumed.offset()).isEqualTo(Duration.ofSeconds(15));
    assertThat(new ClockWatch(last.ahead(START)).look(START.plusSeconds(3_615), resumed)).isEmpty();
  }

  private void passes(Duration session, Duration onTheWall) {
    nanos.addAndGet(session.toNanos());
    wall = wall.plus(onTheWall);
  }
}
