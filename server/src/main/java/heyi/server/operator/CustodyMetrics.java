package heyi.server.operator;

import heyi.recording.store.StoreLock;
import heyi.server.custody.Custody;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How evidence is kept. */
public final class CustodyMetrics {
  private CustodyMetrics() {}

  /** Registers the meters; they are what custody saw last. */
  public static void bind(MeterRegistry registry, Custody custody) {
    Gauge.builder("heyi_recording_object_lock", custody, CustodyMetrics::locked)
        .description("1 when the store locks evidence itself (S3 Object Lock); NaN while unknown")
        .register(registry);
    Gauge.builder("heyi_custody_holds", custody, now -> now.figures().holds())
        .description("Holds on the evidence of cases")
        .register(registry);
    Gauge.builder("heyi_custody_disposals_requested", custody, now -> now.figures().requested())
        .description("Disposals that wait for a second person")
        .register(registry);
    Gauge.builder("heyi_custody_disposals_failing", custody, now -> now.figures().failing())
        .description("Disposals that were agreed on and could not be finished the last time")
        .register(registry);
  }

  private static double locked(Custody custody) {
    StoreLock lock = custody.figures().lock();
    return lock == StoreLock.UNKNOWN ? Double.NaN : lock == StoreLock.COMPLIANCE ? 1 : 0;
  }
}
