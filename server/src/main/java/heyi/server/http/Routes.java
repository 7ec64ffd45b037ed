package heyi.server.http;

import io.vertx.core.Future;

/** The routes of one feature. */
public interface Routes {

  /** Registers them; called once at start. */
  void register(Api api);

  /** Answers one request; throws or fails with {@link Problem} to refuse it. */
  @FunctionalInterface
  interface Answer {
    /** The answer. */
    Future<? extends Reply> to(Call call);
  }

  /** Who may call a route. */
  enum Access {
    /** Anyone. */
    ANYONE,
    /** Anyone, but only so many times a minute from one address. */
    ANYONE_SLOWLY,
    /** A signed-in person. */
    USER,
    /** A signed-in person or the holder of a seat. */
    USER_OR_SEAT
  }

  /** Where a feature registers its routes. */
  interface Api {
    /** Adds a GET route. */
    void get(String path, Access access, Answer answer);

    /** Adds a POST route. */
    void post(String path, Access access, Answer answer);

    /** Adds a PUT route. */
    void put(String path, Access access, Answer answer);
  }
}
