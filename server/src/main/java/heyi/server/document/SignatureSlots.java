package heyi.server.document;

import com.openhtmltopdf.pdfboxout.PagePosition;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;

/** Empty signature fields where the template has its slots (ISO 32000-2 §12.7.5.5). */
final class SignatureSlots {
  private static final String PREFIX = "slot-";

  private SignatureSlots() {}

  static void add(PDDocument document, PagePosition<?> position) throws IOException {
    var page = document.getPage(position.getPageNo());
    var form = document.getDocumentCatalog().getAcroForm();
    if (form == null) {
      form = new PDAcroForm(document);
      document.getDocumentCatalog().setAcroForm(form);
    }
    var field = new PDSignatureField(form);
    field.setPartialName(position.getId().substring(PREFIX.length()));
    var widget = field.getWidgets().getFirst();
    widget.setRectangle(
        new PDRectangle(
            position.getX(), position.getY(), position.getWidth(), position.getHeight()));
    widget.setPage(page);
    widget.setPrinted(true);
    page.getAnnotations().add(widget);
    form.getFields().add(field);
  }
}
