package heyi.server.signing;

import eu.europa.esig.dss.enumerations.SignerTextHorizontalAlignment;
import eu.europa.esig.dss.enumerations.SignerTextVerticalAlignment;
import eu.europa.esig.dss.pades.DSSFileFont;
import eu.europa.esig.dss.pades.SignatureFieldParameters;
import eu.europa.esig.dss.pades.SignatureImageParameters;
import eu.europa.esig.dss.pades.SignatureImageTextParameters;
import java.awt.Color;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What of a signature can be seen on paper: when the person confirmed, and the start of the hash of
 * what he confirmed. The person's name stands above it, printed with the document.
 *
 * <p>Only a sign for readers; the proof is in the signature itself.
 */
final class SignatureAppearance {
  private static final float TEXT_POINTS = 7.2f;
  private static final float PADDING_POINTS = 2.5f;
  private static final Color INK = new Color(0x234A72);
  private static final Color PAPER = new Color(0xF4F6F9);
  private static final int HASH_GROUP = 4;
  private static final int HASH_GROUPS = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));

  private SignatureAppearance() {}

  static SignatureImageParameters of(SignatureIntent intent, String sha256, DSSFileFont font) {
    font.setSize(TEXT_POINTS);
    font.setEmbedFontSubset(true);
    var text = new SignatureImageTextParameters();
    text.setFont(font);
    text.setText(words(intent, sha256));
    text.setTextColor(INK);
    text.setBackgroundColor(PAPER);
    text.setPadding(PADDING_POINTS);
    text.setSignerTextHorizontalAlignment(SignerTextHorizontalAlignment.LEFT);
    text.setSignerTextVerticalAlignment(SignerTextVerticalAlignment.MIDDLE);
    var field = new SignatureFieldParameters();
    field.setFieldId(intent.slot());
    var image = new SignatureImageParameters();
    image.setFieldParameters(field);
    image.setTextParameters(text);
    image.setBackgroundColor(PAPER);
    return image;
  }

  /** The reason entry of the signature: 确认 and the moment of the confirmation. */
  static String reason(SignatureIntent intent) {
    return "确认调解协议 " + TIME.format(intent.confirmedAt()) + " +08:00";
  }

  private static String words(SignatureIntent intent, String sha256) {
    return String.format(
        Locale.ROOT,
        "✓ 已在线确认并签名　%s（北京时间）\n确认文件 SHA-256　%s…\n一次性证书与时间戳，由演示机构签发",
        TIME.format(intent.confirmedAt()),
        grouped(sha256));
  }

  private static String grouped(String sha256) {
    var groups = new StringBuilder();
    for (int i = 0; i < HASH_GROUPS; i++) {
      groups.append(i == 0 ? "" : " ");
      groups.append(sha256, i * HASH_GROUP, (i + 1) * HASH_GROUP);
    }
    return groups.toString();
  }
}
