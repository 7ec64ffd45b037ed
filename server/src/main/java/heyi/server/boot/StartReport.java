package heyi.server.boot;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import heyi.server.casefile.PartyRole;
import heyi.server.http.LanAddresses;
import heyi.server.invitation.InvitationRoutes;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code up} prints when everything runs: who goes where. */
final class StartReport {
  /** Modules of white around a QR code; fewer than four and some phones do not see it. */
  private static final int QUIET_ZONE = 2;

  private final PrintWriter out;
  private final String local;
  private final @Nullable String network;

  private StartReport(PrintWriter out, String local, @Nullable String network) {
    this.out = out;
    this.local = local;
    this.network = network;
  }

  static StartReport of(PrintWriter out, Heyi heyi, @Nullable URI publicUrl) {
    String local = "http://localhost:" + heyi.port();
    if (publicUrl != null) {
      return new StartReport(out, local, publicUrl.toString());
    }
    String network =
        LanAddresses.find().stream()
            .findFirst()
            .map(address -> "https://" + address.getHostAddress() + ":" + heyi.httpsPort())
            .orElse(null);
    return new StartReport(out, local, network);
  }

  String local() {
    return local;
  }

  void print(@Nullable DemoLinks links) {
    if (links == null) {
      out.println();
      out.println("Heyi runs: " + local + "/login" + (network == null ? "" : "  " + network));
    } else {
      printDemo(links);
    }
    out.flush();
  }

  private void printDemo(DemoLinks links) {
    out.println();
    out.println("Demo case: " + links.caseTitle());
    out.println();
    out.println("  Mediator   " + local + "/room/" + links.session().value());
    out.println(login(links.mediator()));
    out.println("  Auditor    " + local + "/cases");
    out.println(login(links.auditor()));
    out.println("  Operator   " + local + "/login");
    out.println(login(links.operator()));
    if (!links.clerk().password().reveal().isEmpty()) { // older data has none
      out.println("  Clerk      " + local + "/cases");
      out.println(login(links.clerk()));
    }
    for (DemoLinks.PartyLink link : links.parties()) {
      out.println();
      String role = link.party().role() == PartyRole.APPLICANT ? "Applicant " : "Respondent";
      out.println("  " + role + " " + InvitationRoutes.url(local, link.token()));
      if (network != null) {
        String phone = InvitationRoutes.url(network, link.token());
        out.println("  on a phone " + phone);
        out.println(qr(phone));
      } else {
        out.println(qr(InvitationRoutes.url(local, link.token())));
      }
    }
    if (network != null) {
      out.println();
      out.println("A phone in the same network warns once of the self-made certificate: go on.");
    }
    out.println();
    out.println("Ctrl-C stops Heyi.");
  }

  private static String login(DemoData.Login login) {
    return String.format(
        Locale.ROOT, "             user %s, password %s", login.user(), login.password().reveal());
  }

  /**
   * The text as QR code, two modules per character, dark on light whatever the terminal's colours.
   */
  static String qr(String text) {
    BitMatrix code;
    try {
      code =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.L,
                      EncodeHintType.MARGIN,
                      QUIET_ZONE));
    } catch (WriterException e) {
      throw new IllegalArgumentException("not encodable as QR code", e);
    }
    StringBuilder lines = new StringBuilder();
    for (int y = 0; y < code.getHeight(); y += 2) {
      lines.append("    \u001b[30;107m");
      for (int x = 0; x < code.getWidth(); x++) {
        boolean upper = code.get(x, y);
        boolean lower = y + 1 < code.getHeight() && code.get(x, y + 1);
        lines.append(halves(upper, lower));
      }
      lines.append("\u001b[0m\n");
    }
    return lines.toString().stripTrailing();
  }

  private static char halves(boolean upper, boolean lower) {
    List<Character> blocks = List.of(' ', '▄', '▀', '█');
    return blocks.get((upper ? 2 : 0) + (lower ? 1 : 0));
  }
}
