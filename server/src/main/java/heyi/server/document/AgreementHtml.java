package heyi.server.document;

import heyi.server.document.AgreementContent.PartyLine;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The page of a mediation agreement; every text from outside is escaped. */
final class AgreementHtml {
  /** The mediator's signature field. */
  static final String MEDIATOR_SLOT = "mediator";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);

  private static final String STYLE =
      """
      @page { size: A4; margin: 24mm 24mm 22mm 24mm;
        @bottom-center { content: "第 " counter(page) " 页，共 " counter(pages) " 页";
          font-family: heyi; font-size: 8.5pt; color: #667; } }
      body { font-family: heyi; font-size: 11.5pt; line-height: 1.75; color: #111; }
      h1 { text-align: center; font-size: 21pt; font-weight: normal; letter-spacing: 1.5pt;
        margin: 0 0 2mm 0; }
      .number { text-align: center; font-size: 10pt; color: #445; margin-bottom: 7mm; }
      table.people { width: 100%; border-collapse: collapse; margin-bottom: 5mm; }
      table.people td { padding: 1.2mm 0; vertical-align: top;
        border-bottom: 0.3pt solid #c4c9d2; }
      table.people td.role { width: 30mm; color: #445; }
      p { margin: 0 0 3mm 0; text-indent: 2em; }
      .clause { margin: 0 0 3mm 0; page-break-inside: avoid; }
      .clause .n { float: left; width: 11mm; }
      .clause .t { margin-left: 11mm; white-space: pre-wrap; }
      .date { text-align: right; margin: 6mm 0 4mm 0; }
      .signing { page-break-inside: avoid; }
      .signing .head { font-size: 10pt; color: #445; border-top: 0.6pt solid #8a93a3;
        padding-top: 2mm; margin-bottom: 2mm; }
      .slot { width: 76mm; height: 27mm; float: left; margin: 0 4mm 4mm 0;
        border: 0.4pt solid #c4c9d2; }
      .slot span { font-size: 8.5pt; color: #667; padding-left: 2mm; }
      """;

  private AgreementHtml() {}

  static String of(AgreementContent content) {
    var html = new StringBuilder(8_192);
    html.append("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"UTF-8\"/><title>调解协议书 ")
        .append(escape(content.caseNumber()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>调解协议书</h1><div class=\"number\">")
        .append(escape(content.caseNumber()))
        .append("</div><table class=\"people\">");
    for (PartyLine party : content.parties()) {
      row(html, party.role(), party.name());
    }
    row(html, "调解组织", content.organisation());
    row(html, "调解员", content.mediator());
    row(html, "纠纷", content.title());
    html.append("</table><p>经调解，各方当事人在平等、自愿的基础上达成如下协议：</p>");
    int number = 0;
    for (String clause : content.clauses()) {
      number++;
      html.append("<div class=\"clause\"><div class=\"n\">")
          .append(number)
          .append("．</div><div class=\"t\">")
          .append(escape(clause))
          .append("</div></div>");
    }
    html.append("<p>各方当事人已阅读并理解本协议全部内容。本协议自各方当事人签名之日起生效；")
        .append("当事人可以自协议生效之日起三十日内共同向有管辖权的人民法院申请司法确认。</p>")
        .append("<div class=\"date\">")
        .append(DATE.format(content.date()))
        .append("</div><div class=\"signing\"><div class=\"head\">电子签名</div>");
    for (PartyLine party : content.parties()) {
      slot(html, party.slot(), party.role() + " " + party.name());
    }
    slot(html, MEDIATOR_SLOT, "调解员 " + content.mediator());
    return html.append("</div></body></html>").toString();
  }

  private static void row(StringBuilder html, String role, String name) {
    html.append("<tr><td class=\"role\">")
        .append(escape(role))
        .append("</td><td>")
        .append(escape(name))
        .append("</td></tr>");
  }

  private static void slot(StringBuilder html, String id, String text) {
    html.append("<div class=\"slot\" id=\"slot-")
        .append(id)
        .append("\"><span>")
        .append(escape(text))
        .append("</span></div>");
  }

  /** Escapes markup, and replaces what XML 1.0 does not allow. */
  static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.append((char) c);
      default -> out.appendCodePoint(isPrintable(c) ? c : '□');
    }
  }

  /** No control, no direction override: what is signed must read as it is stored. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
