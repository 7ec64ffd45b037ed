package heyi.server.operator;

import heyi.recording.session.RecordingService;
import heyi.server.reconciliation.Reconciliation;
import heyi.server.reconciliation.ReconciliationReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How full the way of recordings to their store is. */
public final class RecordingMetrics {
  private RecordingMetrics() {}

  /** Registers the meters; they are read at each scrape. */
  public static void bind(
      MeterRegistry registry, RecordingService recordings, Reconciliation reconciliation) {
    Gauge.builder("heyi_reconciliation_differences", reconciliation, RecordingMetrics::differences)
        .description("What the last comparison of evidence and store found; NaN before the first")
        .register(registry);
    Gauge.builder("heyi_recording_spool_bytes", recordings, RecordingService::spoolBytes)
        .description("What unsealed recordings take on the disk")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("heyi_recording_disk_free_bytes", recordings, RecordingService::freeBytes)
        .description("What the disk of the spool has left")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("heyi_recording_upload_backlog_chunks", recordings, RecordingService::backlog)
        .description("Closed chunks of running recordings that are in no object store yet")
        .register(registry);
    Gauge.builder("heyi_recording_diverted_objects", recordings, RecordingService::diverted)
        .description("Objects that went to the second store since the start")
        .register(registry);
  }

  private static double differences(Reconciliation reconciliation) {
    ReconciliationReport last = reconciliation.last();
    return last == null ? Double.NaN : last.differences().size();
  }
}
