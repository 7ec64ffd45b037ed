package heyi.server.boot;

import java.util.List;

/** The configuration cannot be used; says every mistake, one per line. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> mistakes;

  ConfigException(List<String> mistakes) {
    super(
        "The configuration has " + mistakes.size() + " mistake(s): " + String.join("; ", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Each names the key, the value found and what was expected. */
  public List<String> mistakes() {
    return mistakes;
  }
}
