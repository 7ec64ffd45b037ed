package heyi.recording.encryption;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * One object as it lies in the store, and the way in and out.
 *
 * <pre>
 * header    magic 8 | salt 32 | plain size 8 | SHA-256 of the plain bytes 32 | id of the master key and
 *           wrapped session key, with lengths, 416 | tag 16
 * segments  65,536 encrypted bytes and a tag of 16, the last shorter; at least one, perhaps empty
 * </pre>
 *
 * <p>The key is derived from the session key with the salt and the object's name, so no two objects
 * share one, and the nonce of a segment is its number and whether it is the last: segments cannot
 * be swapped, dropped, cut off or moved to another object unseen (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015). The header's tag covers the header, under the nonce that
 * no segment has.
 */
final class EncryptedObject {
  static final int HEADER_BYTES = 512;
  static final int SEGMENT_BYTES = 65_536;
  static final int SALT_BYTES = 32;
  private static final byte[] MAGIC = "HEYIENC1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = {};
  private static final int HASH_BYTES = 32;
  private static final long HEADER_NUMBER = -1;

  private final ObjectKey name;
  private final SecretKey key;
  private final byte[] header;
  private final long plainBytes;
  private final Sha256 plainHash;

  private EncryptedObject(
      ObjectKey name, SecretKey key, byte[] header, long plainBytes, Sha256 plainHash) {
    this.name = name;
    this.key = key;
    this.header = header;
    this.plainBytes = plainBytes;
    this.plainHash = plainHash;
  }

  /** An object to be written; {@code salt} is fresh and random. */
  static EncryptedObject fresh(
      SessionKeys.SessionKey session,
      ObjectKey name,
      byte[] salt,
      long plainBytes,
      Sha256 plainHash) {
    SecretKey key = AesGcm.derive(session.key(), salt, name.value());
    ByteBuffer buffer =
        ByteBuffer.allocate(HEADER_BYTES - AesGcm.TAG_BYTES)
            .put(MAGIC)
            .put(salt)
            .putLong(plainBytes)
            .put(HexFormat.of().parseHex(plainHash.hex()));
    session.wrapped().write(buffer);
    byte[] facts = buffer.array();
    byte[] tag = AesGcm.encrypt(key, nonce(HEADER_NUMBER, true), facts, NOTHING);
    byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(facts).put(tag).array();
    return new EncryptedObject(name, key, header, plainBytes, plainHash);
  }

  /**
   * An object that was written; empty when these are the first bytes of a plain one.
   *
   * @throws UndecryptableException when the header was changed or the key is another
   */
  static Optional<EncryptedObject> read(SessionKeys keys, ObjectKey name, byte[] header) {
    if (!isHeader(header)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(header).position(MAGIC.length);
    byte[] salt = new byte[SALT_BYTES];
    buffer.get(salt);
    long plainBytes = buffer.getLong();
    byte[] hash = new byte[HASH_BYTES];
    buffer.get(hash);
    WrappedKey wrapped = WrappedKey.read(buffer);
    byte[] tag = new byte[AesGcm.TAG_BYTES];
    buffer.get(tag);
    SecretKey key = AesGcm.derive(keys.unwrap(name, wrapped), salt, name.value());
    try {
      byte[] facts = Arrays.copyOf(header, HEADER_BYTES - AesGcm.TAG_BYTES);
      AesGcm.decrypt(key, nonce(HEADER_NUMBER, true), facts, tag);
    } catch (AEADBadTagException e) {
      throw new UndecryptableException(
          "object " + name + " has a changed header or another key", e);
    }
    return Optional.of(new EncryptedObject(name, key, header, plainBytes, Sha256.ofDigest(hash)));
  }

  private static boolean isHeader(byte[] first) {
    return first.length >= HEADER_BYTES
        && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  long plainBytes() {
    return plainBytes;
  }

  Sha256 plainHash() {
    return plainHash;
  }

  long encryptedBytes() {
    return HEADER_BYTES + plainBytes + segments() * AesGcm.TAG_BYTES;
  }

  /** Where the segment that holds this plain byte begins in the encrypted object. */
  long positionOf(long plainOffset) {
    return HEADER_BYTES + plainOffset / SEGMENT_BYTES * (SEGMENT_BYTES + AesGcm.TAG_BYTES);
  }

  /**
   * The whole object, encrypted while it is read; closes {@code plain}. Reading the end fails with
   * {@link StoreException.ContentMismatch} when the plain bytes do not have the hash promised.
   */
  InputStream encrypt(InputStream plain) {
    return new SegmentStream(plain, 0) {
      private final MessageDigest digest = Sha256.digest();
      private boolean headerGiven;

      @Override
      byte[] next(InputStream in, long number) throws IOException {
        if (!headerGiven) {
          headerGiven = true;
          stay();
          return header;
        }
        byte[] segment = in.readNBytes(SEGMENT_BYTES);
        if (segment.length != plainLength(number)) {
          throw new IOException("the content is shorter than it claims");
        }
        digest.update(segment);
        if (isLast(number)) {
          requirePlainHash(Sha256.ofDigest(digest.digest()));
        }
        return AesGcm.encrypt(key, nonce(number, isLast(number)), NOTHING, segment);
      }
    };
  }

  /**
   * Plain bytes from an offset on; closes {@code encrypted}.
   *
   * @param encrypted stands at {@link #positionOf}(offset)
   */
  InputStream decrypt(InputStream encrypted, long offset) throws IOException {
    InputStream plain =
        new SegmentStream(encrypted, offset / SEGMENT_BYTES) {
          @Override
          byte[] next(InputStream in, long number) throws IOException {
            byte[] segment = in.readNBytes(plainLength(number) + AesGcm.TAG_BYTES);
            try {
              return AesGcm.decrypt(key, nonce(number, isLast(number)), NOTHING, segment);
            } catch (AEADBadTagException e) {
              throw new IOException("segment " + number + " was changed or is cut off", e);
            }
          }
        };
    plain.skipNBytes(offset % SEGMENT_BYTES);
    return plain;
  }

  private void requirePlainHash(Sha256 actual) {
    if (!actual.equals(plainHash)) {
      throw new StoreException.ContentMismatch(name, plainHash.hex(), actual.hex());
    }
  }

  private long segments() {
    return Math.max(1, Math.ceilDiv(plainBytes, SEGMENT_BYTES));
  }

  private boolean isLast(long number) {
    return number == segments() - 1;
  }

  private int plainLength(long number) {
    return (int) Math.min(SEGMENT_BYTES, plainBytes - number * SEGMENT_BYTES);
  }

  private static byte[] nonce(long number, boolean last) {
    return ByteBuffer.allocate(AesGcm.NONCE_BYTES).putLong(number).putInt(last ? 1 : 0).array();
  }

  /** Gives one piece after the other until the last segment is through. */
  private abstract class SegmentStream extends InputStream {
    private final InputStream in;
    private InputStream piece = new ByteArrayInputStream(NOTHING);
    private long number;

    SegmentStream(InputStream in, long number) {
      this.in = in;
      this.number = number;
    }

    /** The piece made of the segment of this number. */
    abstract byte[] next(InputStream from, long segment) throws IOException;

    /** The piece given next is none of the segments. */
    final void stay() {
      number--;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = piece.read(into, offset, length);
      while (count < 0 && number < segments()) {
        piece = new ByteArrayInputStream(next(in, number));
        number++;
        count = piece.read(into, offset, length);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
