package heyi.server.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PagePosition;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Makes a mediation agreement as PDF/A-2u with an embedded font and one empty signature field for
 * each who signs. Equal content gives equal bytes, because it is the bytes that are confirmed.
 *
 * <p><b>Threads:</b> any; computes for up to a second, not for event loops.
 */
public final class AgreementPdf {
  private static final Pattern SLOT = Pattern.compile("slot-[a-z0-9-]+");

  static {
    XRLog.setLoggingEnabled(false); // it writes to the console, and may quote the document
  }

  private AgreementPdf() {}

  /** Makes the document. */
  public static PreparedDocument render(AgreementContent content) {
    var html = AgreementHtml.of(content);
    try (PdfBoxRenderer renderer = renderer(html)) {
      renderer.layout();
      try (PDDocument document = renderer.createPDFKeepOpen()) {
        for (PagePosition<?> slot : renderer.findPagePositionsByID(SLOT)) {
          SignatureSlots.add(document, slot);
        }
        DocumentDates.set(document, content.date());
        document.setDocumentId(fingerprint(html));
        var pdf = new ByteArrayOutputStream();
        document.save(pdf);
        return new PreparedDocument(
            pdf.toByteArray(), sha256(pdf.toByteArray()), document.getNumberOfPages());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the agreement could not be made", e);
    }
  }

  private static PdfBoxRenderer renderer(String html) {
    var colours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    return new PdfRendererBuilder()
        .useFont(DocumentFont::open, DocumentFont.FAMILY, 400, FontStyle.NORMAL, true)
        .usePdfAConformance(PdfAConformance.PDFA_2_U)
        .useColorProfile(colours)
        .withProducer("Heyi")
        .useUriResolver((base, uri) -> null)
        .withHtmlContent(html, null)
        .toStream(OutputStream.nullOutputStream())
        .buildPdfRenderer();
  }

  /** PDFBox derives the file identifier from this number instead of from the time of day. */
  private static long fingerprint(String html) {
    return HexFormat.fromHexDigitsToLong(
        sha256(html.getBytes(StandardCharsets.UTF_8)).substring(0, Long.BYTES * 2));
  }

  /** The hash that names a document, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
