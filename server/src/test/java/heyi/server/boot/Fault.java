package heyi.server.boot;

/** What may go wrong around a session. */
enum Fault {
  /** The server is killed, and started again. */
  SERVER,
  /** The object store is killed, and started again after a while. */
  STORE,
  /** The database is killed; nobody but the server starts it again. */
  DATABASE,
  /** The disk of the spool is full to the last byte, for a while. */
  DISK,
  /** The wall clock of the server is set by hours. */
  CLOCK,
  /** The process that makes the playable files is killed. */
  WORKER
}
