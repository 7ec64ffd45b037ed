package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Objects as files below a directory: {@code <root>/objects/<key>}, with hash and media type beside
 * them in {@code <root>/facts/<key>}.
 *
 * <p>An object is written to {@code <root>/incoming}, forced to the disk and then linked to its
 * place, which fails when something is there already: two writers can not both win. A killed
 * process leaves at most a file in {@code incoming}. Nobody may write to the files, not even their
 * owner: what is not Heyi has to change their mode first.
 */
public final class DirectoryObjectStore implements ObjectStore {
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  /** An encrypted object carries its key within these first bytes. */
  private static final int KEY_BYTES = 512;

  private static final Set<PosixFilePermission> READ_ONLY = Set.of(PosixFilePermission.OWNER_READ);
  private static final Set<PosixFilePermission> WRITABLE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path objects;
  private final Path facts;
  private final Path incoming;
  private final AtomicLong incomingNumber = new AtomicLong();

  /** Uses a directory, made when absent at the first put. */
  public DirectoryObjectStore(Path root) {
    this.objects = root.resolve("objects");
    this.facts = root.resolve("facts");
    this.incoming = root.resolve("incoming");
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    try {
      Optional<StoredObject> there = stat(key);
      if (there.isPresent()) {
        StoredObject same = there.get().holding(content);
        rememberFacts(
            new StoredObject(key, same.sizeBytes(), same.sha256(), content.contentType()));
        return same;
      }
      Files.createDirectories(incoming);
      Path object = newIncoming();
      StoredObject stored;
      try {
        stored = receive(content, key, object);
        Files.createDirectories(parent(objects.resolve(key.value())));
        Files.createLink(objects.resolve(key.value()), object);
        force(parent(objects.resolve(key.value())));
      } finally {
        Files.deleteIfExists(object);
      }
      rememberFacts(stored);
      return stored;
    } catch (FileAlreadyExistsException e) {
      return stat(key).orElseThrow(() -> failed("store", key, e)).holding(content);
    } catch (IOException e) {
      throw failed("store", key, e);
    }
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    try {
      FileChannel channel = FileChannel.open(objects.resolve(key.value()), StandardOpenOption.READ);
      channel.position(Math.min(offset, channel.size()));
      return new BoundedStream(Channels.newInputStream(channel), length);
    } catch (NoSuchFileException e) {
      throw new StoreException.ObjectNotFound(key);
    } catch (IOException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    Path object = objects.resolve(key.value());
    if (!Files.isRegularFile(object)) {
      return Optional.empty();
    }
    try {
      Path known = facts.resolve(key.value());
      if (!Files.exists(known)) {
        return Optional.of(
            new StoredObject(key, Files.size(object), Sha256.ofFile(object), UNKNOWN_TYPE));
      }
      String[] lines = Files.readString(known).split("\n", -1);
      return Optional.of(new StoredObject(key, Files.size(object), new Sha256(lines[0]), lines[1]));
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw failed("look up", key, e);
    }
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    Path start = objects.resolve(prefix.value());
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> new ObjectKey(objects.relativize(file).toString().replace('\\', '/')))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed("list", prefix, e);
    }
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    permit.requireCovers(key);
    Path object = objects.resolve(key.value());
    try {
      if (Files.exists(object)) {
        shredKey(object);
        Files.delete(object);
        force(parent(object));
      }
      Path known = facts.resolve(key.value());
      if (Files.deleteIfExists(known)) {
        force(parent(known));
      }
    } catch (IOException e) {
      throw failed("remove", key, e);
    }
  }

  /** Whoever finds the blocks of a removed file on the disk finds no key to them. */
  private static void shredKey(Path object) throws IOException {
    Files.setPosixFilePermissions(object, WRITABLE);
    try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
      int size = (int) Math.min(channel.size(), KEY_BYTES);
      channel.write(ByteBuffer.allocate(size), 0);
      channel.force(true);
    }
  }

  /** Copies the content to the disk and checks on the way that it is what it claims to be. */
  private static StoredObject receive(ObjectContent content, ObjectKey key, Path file)
      throws IOException {
    try (InputStream in = content.open();
        DigestInputStream hashed = new DigestInputStream(in, Sha256.digest());
        FileChannel out = createNew(file)) {
      OutputStream stream = Channels.newOutputStream(out);
      long size = hashed.transferTo(stream);
      out.force(true);
      Sha256 actual = Sha256.ofDigest(hashed.getMessageDigest().digest());
      content.require(key, new StreamHash(size, actual));
      Files.setPosixFilePermissions(file, READ_ONLY);
      return new StoredObject(key, size, actual, content.contentType());
    }
  }

  /** Facts follow the object; a kill in between is healed by the next put or by hashing. */
  private void rememberFacts(StoredObject stored) throws IOException {
    Path target = facts.resolve(stored.key().value());
    if (Files.exists(target)) {
      return;
    }
    Files.createDirectories(incoming);
    Files.createDirectories(parent(target));
    Path fresh = factsFile(stored);
    Files.setPosixFilePermissions(fresh, READ_ONLY);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    force(parent(target));
  }

  private Path factsFile(StoredObject stored) throws IOException {
    Path file = newIncoming();
    String text = stored.sha256().hex() + "\n" + stored.contentType() + "\n";
    try (FileChannel out = createNew(file)) {
      Channels.newOutputStream(out).write(text.getBytes(StandardCharsets.UTF_8));
      out.force(true);
    }
    return file;
  }

  private Path newIncoming() {
    return incoming.resolve(ProcessHandle.current().pid() + "-" + incomingNumber.getAndIncrement());
  }

  private static FileChannel createNew(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("an object always lies below the root: " + path);
    }
    return parent;
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static StoreException failed(String what, ObjectKey key, Exception cause) {
    return new StoreException("could not " + what + " " + key, cause);
  }
}
