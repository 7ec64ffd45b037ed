package heyi.recording.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text around DER (RFC 7468). */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /** One section. */
  public static String write(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /**
   * The contents of all sections of a label, in their order; empty when there is none.
   *
   * @throws SealException when a section does not end or is not base 64
   */
  public static List<byte[]> read(String text, String label) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    List<byte[]> sections = new ArrayList<>();
    int start = text.indexOf(begin);
    while (start >= 0) {
      int stop = text.indexOf(end, start);
      if (stop < 0) {
        throw new SealException("a section " + label + " does not end");
      }
      sections.add(decode(text.substring(start + begin.length(), stop), label));
      start = text.indexOf(begin, stop);
    }
    return sections;
  }

  private static byte[] decode(String lines, String label) {
    try {
      return Base64.getMimeDecoder().decode(lines.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new SealException("a section " + label + " is not base 64", e);
    }
  }
}
