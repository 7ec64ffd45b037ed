package heyi.server.boot;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the lines of the log look; they go to standard error. */
public enum LogFormat {
  /** Time, {@code level=}, {@code logger=} and the message, for people. */
  TEXT,
  /**
   * One JSON object a line, for collectors: {@code timestamp} in milliseconds since 1970, {@code
   * level}, {@code loggerName}, {@code threadName}, {@code formattedMessage} and, if there is one,
   * {@code throwable}. Arguments are in the message and not repeated.
   */
  JSON;

  /** Changes what every appender of the root logger writes from now on. */
  void apply() {
    if (this == JSON && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .iteratorForAppenders()
          .forEachRemaining(
              appender -> {
                if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                  stream.setEncoder(encoder(context));
                }
              });
    }
  }

  static JsonEncoder encoder(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
