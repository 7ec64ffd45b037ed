package heyi.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bridge in a process of its own, which dies as a real one does. */
final class ChildBridge implements AutoCloseable {
  private final List<String> command;
  private final URI address;
  private final Path log;
  private Process process;

  private ChildBridge(List<String> command, URI address, Path log, Process process) {
    this.command = List.copyOf(command);
    this.address = address;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts any bridge.
   *
   * @param command becomes the bridge's own process, so that killing it kills the bridge
   * @param address where it answers Colibri2 then
   * @param log what it prints is appended to this file
   */
  static ChildBridge start(List<String> command, URI address, Path log) throws IOException {
    return new ChildBridge(command, address, log, run(command, log));
  }

  /** Starts an embedded bridge on a free port of loopback. */
  static ChildBridge startEmbedded(Path log) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(ChildServer.java());
    command.addAll(List.of(BridgeMain.class.getName(), Integer.toString(port)));
    return start(command, URI.create("http://127.0.0.1:" + port), log);
  }

  private static Process run(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  URI address() {
    return address;
  }

  /** Processor time of its process until now. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Kills it (SIGKILL); it can say nothing to anybody any more. */
  void kill() {
    process.destroyForcibly();
  }

  /** Starts it again at the same address. */
  void restart() throws IOException, InterruptedException {
    process.waitFor();
    process = run(command, log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
