package heyi.media.pool;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import heyi.media.pool.BridgeMember.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** When a bridge is out, when it is back, and when its rooms have to move. */
class BridgeMemberTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final PoolOptions OPTIONS =
      new PoolOptions(
          Duration.ofSeconds(2), Duration.ofSeconds(1), 3, 2, Duration.ofSeconds(30), null);
  private static final BridgeLoad LOAD = new BridgeLoad(0.2, 1, 4, false, "2.3", "beijing");
  private static final BridgeMember UNKNOWN = BridgeMember.unknown(new BridgeId("jvb-1"), null);
  private static final BridgeMember HEALTHY = UNKNOWN.answered(LOAD, NOW, OPTIONS);

  /** What may happen to a bridge. */
  enum Step {
    GOOD,
    SICK,
    SILENT,
    SUSPECTED,
    DRAINED,
    UNDRAINED,
    WARM_UP_BEGAN,
    WARM_UP_ENDED,
    WARM_UP_FAILED
  }

  private static BridgeMember after(BridgeMember member, Step step) {
    return switch (step) {
      case GOOD -> member.answered(LOAD, NOW, OPTIONS);
      case SICK -> member.failed(Failure.SICK, OPTIONS);
      case SILENT -> member.failed(Failure.SILENT, OPTIONS);
      case SUSPECTED -> member.suspected(OPTIONS);
      case DRAINED -> member.drained(true);
      case UNDRAINED -> member.drained(false);
      case WARM_UP_BEGAN -> member.isToBeWarmedUp(NOW) ? member.warmingUp() : member;
      case WARM_UP_ENDED -> member.warmedUp();
      case WARM_UP_FAILED -> member.notWarmedUp(NOW);
    };
  }

  private static BridgeMember after(BridgeMember member, List<Step> steps) {
    BridgeMember now = member;
    for (Step step : steps) {
      now = after(now, step);
    }
    return now;
  }

  @Example
  void itTakesRoomsAfterItsFirstAnswer() {
    assertThat(UNKNOWN.isAccepting()).isFalse();
    assertThat(HEALTHY.isAccepting()).isTrue();
    assertThat(HEALTHY.region()).isEqualTo("beijing");
  }

  @Example
  void oneFailureStopsNewRoomsAndOneAnswerBringsThemBack() {
    BridgeMember doubtful = after(HEALTHY, Step.SILENT);

    assertThat(doubtful.standing()).isEqualTo(BridgeStanding.SUSPECT);
    assertThat(doubtful.isAccepting()).isFalse();
    assertThat(after(doubtful, Step.GOOD).isAccepting()).isTrue();
  }

  @Example
  void threeFailuresPutItOutAndTwoAnswersBringItBack() {
    BridgeMember out = after(HEALTHY, List.of(Step.SILENT, Step.SILENT, Step.SILENT));

    assertThat(out.standing()).isEqualTo(BridgeStanding.OUT);
    assertThat(out.isLost(OPTIONS)).isTrue();
    assertThat(after(out, Step.GOOD).isAccepting()).isFalse();
    assertThat(after(out, List.of(Step.GOOD, Step.SILENT, Step.GOOD)).isAccepting()).isFalse();
    assertThat(after(out, List.of(Step.GOOD, Step.GOOD)).isAccepting()).isTrue();
  }

  @Example
  void aSickBridgeIsOutButKeepsItsRoomsUntilItFallsSilent() {
    BridgeMember sick = after(HEALTHY, List.of(Step.SICK, Step.SICK, Step.SICK));

    assertThat(sick.standing()).isEqualTo(BridgeStanding.OUT);
    assertThat(sick.isLost(OPTIONS)).isFalse();
    assertThat(after(sick, List.of(Step.SILENT, Step.SILENT, Step.SILENT)).isLost(OPTIONS))
        .isTrue();
  }

  @Example
  void aRoomsWordAndOneFailedCheckSuffice() {
    BridgeMember suspect = after(HEALTHY, Step.SUSPECTED);

    assertThat(suspect.isAccepting()).isFalse();
    assertThat(suspect.isLost(OPTIONS)).isFalse();
    assertThat(after(suspect, Step.SILENT).isLost(OPTIONS)).isTrue();
    assertThat(after(suspect, Step.GOOD).isAccepting()).isTrue();
  }

  @Example
  void roomsAreCountedInAndOut() {
    BridgeMember two = HEALTHY.placed(NOW).placed(NOW);

    assertThat(two.rooms()).isEqualTo(2);
    assertThat(two.released().releasedLost().rooms()).isZero();
    assertThat(two.released().roomsLost()).isZero();
    assertThat(two.releasedLost().roomsLost()).isEqualTo(1);
  }

  @Example
  void itIsColdUntilAWarmUpHasEnded() {
    assertThat(HEALTHY.warmth()).isEqualTo(BridgeWarmth.COLD);
    assertThat(HEALTHY.isToBeWarmedUp(NOW)).isTrue();
    assertThat(UNKNOWN.isToBeWarmedUp(NOW)).isFalse();

    BridgeMember warming = HEALTHY.warmingUp();

    assertThat(warming.warmth()).isEqualTo(BridgeWarmth.WARMING);
    assertThat(warming.isToBeWarmedUp(NOW)).isFalse();
    assertThat(warming.isAccepting()).isTrue();
    assertThat(warming.warmedUp().warmth()).isEqualTo(BridgeWarmth.WARM);
    assertThat(warming.warmedUp().isToBeWarmedUp(NOW)).isFalse();
  }

  @Example
  void anySilenceMakesItColdSinceItMayHaveBeenRestarted() {
    BridgeMember warm = HEALTHY.warmingUp().warmedUp();

    assertThat(after(warm, List.of(Step.SICK, Step.GOOD)).warmth()).isEqualTo(BridgeWarmth.WARM);
    assertThat(after(warm, List.of(Step.SILENT, Step.GOOD)).isToBeWarmedUp(NOW)).isTrue();
  }

  @Example
  void theEndOfAWarmUpIsOfNoAccountAfterASilence() {
    BridgeMember restarted = after(HEALTHY.warmingUp(), List.of(Step.SILENT, Step.GOOD));

    assertThat(restarted.warmedUp().warmth()).isEqualTo(BridgeWarmth.COLD);
    assertThat(restarted.notWarmedUp(NOW.plusSeconds(9)).isToBeWarmedUp(NOW)).isTrue();
  }

  @Example
  void aWarmUpThatFailedIsRepeatedAfterAWhile() {
    BridgeMember failed = HEALTHY.warmingUp().notWarmedUp(NOW.plusSeconds(30));

    assertThat(failed.warmth()).isEqualTo(BridgeWarmth.COLD);
    assertThat(failed.isToBeWarmedUp(NOW.plusSeconds(29))).isFalse();
    assertThat(failed.isToBeWarmedUp(NOW.plusSeconds(30))).isTrue();
  }

  @Example
  void whatDrainsItselfIsNotWarmedUpAndWhatIsDrainedHereIs() {
    BridgeLoad stopping = new BridgeLoad(0.2, 1, 4, true, "2.3", null);

    assertThat(UNKNOWN.answered(stopping, NOW, OPTIONS).isToBeWarmedUp(NOW)).isFalse();
    assertThat(HEALTHY.drained(true).isToBeWarmedUp(NOW)).isTrue();
  }

  @Property
  void itIsWarmOnlyByAWarmUpSinceItsLastSilence(@ForAll List<Step> steps) {
    BridgeMember member = after(UNKNOWN, steps);

    if (member.warmth() == BridgeWarmth.WARM) {
      List<Step> since = steps.subList(steps.lastIndexOf(Step.SILENT) + 1, steps.size());
      assertThat(since).containsSubsequence(Step.WARM_UP_BEGAN, Step.WARM_UP_ENDED);
    }
  }

  @Property
  void itAcceptsOnlyJustAfterAnAnswerAndNeverWhileItDrains(@ForAll List<Step> steps) {
    BridgeMember member = after(UNKNOWN, steps);

    if (member.isAccepting()) {
      Step last =
          steps.stream()
              .filter(step -> step.compareTo(Step.DRAINED) < 0)
              .reduce((a, b) -> b)
              .orElseThrow();
      assertThat(last).isEqualTo(Step.GOOD);
      assertThat(member.draining()).isFalse();
    }
  }

  @Property
  void itIsLostOnlyAfterSilenceAndOnlyWhileItIsOut(@ForAll List<Step> steps) {
    BridgeMember member = after(UNKNOWN, steps);

    if (member.isLost(OPTIONS)) {
      assertThat(member.standing()).isEqualTo(BridgeStanding.OUT);
      assertThat(steps).contains(Step.SILENT);
    }
  }

  @Property
  void anyPastIsOvercomeByEnoughAnswers(@ForAll List<Step> steps) {
    BridgeMember member =
        after(after(UNKNOWN, steps), List.of(Step.UNDRAINED, Step.GOOD, Step.GOOD));

    assertThat(member.isAccepting()).isTrue();
  }
}
