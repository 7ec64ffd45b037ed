package heyi.server.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;

/**
 * Dates a document by its content instead of by the moment of rendering, in both places where PDF
 * keeps it; PDF/A wants them equal (ISO 19005-2 §6.6.4).
 */
final class DocumentDates {
  private static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");
  private static final Pattern CREATED = Pattern.compile("<xmp:CreateDate>[^<]*</xmp:CreateDate>");

  private DocumentDates() {}

  static void set(PDDocument document, LocalDate date) throws IOException {
    ZonedDateTime start = date.atStartOfDay(PLACE);
    var information = document.getDocumentInformation();
    information.setCreationDate(GregorianCalendar.from(start));
    information.setModificationDate(GregorianCalendar.from(start));
    PDMetadata metadata = document.getDocumentCatalog().getMetadata();
    String xmp = new String(metadata.toByteArray(), StandardCharsets.UTF_8);
    String iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start);
    String dated =
        CREATED
            .matcher(xmp)
            .replaceFirst(
                String.format(
                    Locale.ROOT,
                    "<xmp:CreateDate>%1$s</xmp:CreateDate><xmp:ModifyDate>%1$s</xmp:ModifyDate>",
                    iso));
    if (dated.equals(xmp)) {
      throw new IOException("the document's metadata names no date of creation");
    }
    metadata.importXMPMetadata(dated.getBytes(StandardCharsets.UTF_8));
  }
}
