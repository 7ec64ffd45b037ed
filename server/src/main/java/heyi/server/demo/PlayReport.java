package heyi.server.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints the play as it goes, each step with the time it took. */
final class PlayReport {
  private final PrintWriter out;
  private final long beganNanos = System.nanoTime();
  private long stepNanos = beganNanos;

  PlayReport(PrintWriter out) {
    this.out = out;
  }

  /** A step is done. */
  Duration step(String what) {
    long now = System.nanoTime();
    Duration took = Duration.ofNanos(now - stepNanos);
    stepNanos = now;
    out.println(
        String.format(
            Locale.ROOT,
            "  %7.2f s  (+%.2f s)  %s",
            seconds(now - beganNanos),
            seconds(took.toNanos()),
            what));
    out.flush();
    return took;
  }

  /** A line below the last step. */
  void detail(String what) {
    out.println("                        " + what);
    out.flush();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
