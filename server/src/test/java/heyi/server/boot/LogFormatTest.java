package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aLineIsOneJsonObjectWhateverTheMessageHolds() throws Exception {
    Logger log = logger();

    log.info("phase changed session={} note={}", "session-1", "\"合意\"\n{second line}");
    log.warn("not sealed", new IllegalStateException("disk\tfull"));

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertThat(first.path("formattedMessage").asText())
        .isEqualTo("phase changed session=session-1 note=\"合意\"\n{second line}");
    assertThat(first.path("level").asText()).isEqualTo("INFO");
    assertThat(first.path("loggerName").asText()).isEqualTo("heyi.test");
    assertThat(first.path("timestamp").asLong()).isPositive();
    assertThat(first.has("arguments")).isFalse();
    JsonNode second = new ObjectMapper().readTree(lines.getLast());
    assertThat(second.at("/throwable/message").asText()).isEqualTo("disk\tfull");
  }

  private Logger logger() {
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    context.setMDCAdapter(new LogbackMDCAdapter());
    appender.setContext(context);
    appender.setEncoder(LogFormat.encoder(context));
    appender.setOutputStream(written);
    appender.start();
    Logger log = context.getLogger("heyi.test");
    log.setLevel(Level.INFO);
    log.addAppender(appender);
    return log;
  }
}
