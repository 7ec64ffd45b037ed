package heyi.server.identity;

import java.util.Objects;

/** A value that must never reach a log: prints as {@code [REDACTED]}. */
public final class Secret<T> {
  private final T value;

  private Secret(T value) {
    this.value = value;
  }

  /** Wraps the value. */
  public static <T> Secret<T> of(T value) {
    return new Secret<>(value);
  }

  /** The value itself; grep for this name finds every place that touches secrets. */
  public T reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret<?> secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
