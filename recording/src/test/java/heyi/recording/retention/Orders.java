package heyi.recording.retention;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;
import java.time.Instant;

/** Orders and permits for tests of what they open. */
public final class Orders {
  private static final Instant DUE = Instant.parse("2056-11-22T00:00:00Z");

  private Orders() {}

  /** By a clerk, with an auditor's consent. */
  public static DisposalOrder of(ObjectKey root) {
    return new DisposalOrder(
        root,
        "保管期限届满",
        new Signatory("user-1", "clerk", DUE),
        new Signatory("user-2", "auditor", DUE.plusSeconds(60)));
  }

  /** What such an order gives when its time has come. */
  public static DisposalPermit permit(ObjectKey root) {
    Retention.Decision decision =
        Retention.decide(of(root), DUE, Retention.Standing.FREE, DUE.plusSeconds(60));
    return ((Retention.Decision.Permitted) decision).permit();
  }
}
