package heyi.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Processor time that processes used until now, each by itself: they may come and go. */
record ProcessorTime(Map<Long, Duration> byProcess) {

  /** Copies the map. */
  ProcessorTime {
    byProcess = Map.copyOf(byProcess);
  }

  static ProcessorTime of(Stream<ProcessHandle> processes) {
    Map<Long, Duration> times = new HashMap<>();
    processes.forEach(
        one -> one.info().totalCpuDuration().ifPresent(time -> times.put(one.pid(), time)));
    return new ProcessorTime(times);
  }

  /** Since an earlier look; a process that ended in between is left out. */
  Duration since(ProcessorTime before) {
    return byProcess.entrySet().stream()
        .map(
            one -> one.getValue().minus(before.byProcess.getOrDefault(one.getKey(), Duration.ZERO)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Proportional set sizes: resident memory, shared pages divided among those who share them. */
  static long memoryKilobytes(List<ProcessHandle> processes) throws IOException {
    long sum = 0;
    for (ProcessHandle one : processes) {
      Path figures = Path.of("/proc", Long.toString(one.pid()), "smaps_rollup");
      for (String line : Files.readAllLines(figures)) {
        if (line.startsWith("Pss:")) {
          sum += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return sum;
  }
}
