package heyi.server.document;

import heyi.server.document.AgreementContent.PartyLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page of a mediation agreement. Every text from outside goes through {@link PrintableText}.
 *
 * <p>The sections follow 民事调解 practice: who, what the dispute was, what was agreed, what it means
 * (R36, R39, R40), who signed.
 */
final class AgreementHtml {
  /** The mediator's signature field. */
  static final String MEDIATOR_SLOT = "mediator";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);
  private static final String[] ORDINALS = {"一", "二", "三", "四"};

  private final StringBuilder html = new StringBuilder(8_192);
  private int section;

  private AgreementHtml() {}

  static String of(AgreementContent content) {
    var page = new AgreementHtml();
    page.head(content);
    page.people(content);
    if (!content.summary().isBlank()) {
      page.heading("纠纷概况");
      page.paragraph(content.summary());
    }
    page.heading("协议内容");
    page.add("<p>经调解，各方当事人在平等、自愿、合法的基础上达成如下协议：</p>");
    page.clauses(content.clauses());
    page.heading("效力与履行");
    page.add("<p>各方当事人已阅读并理解本协议的全部内容及不履行的后果，愿意自觉履行。")
        .add("本协议由各方当事人和调解员签名、调解组织盖章后生效；自生效之日起三十日内，")
        .add("各方当事人可以共同向有管辖权的人民法院申请司法确认。</p>");
    page.signing(content);
    return page.add("</body></html>").html.toString();
  }

  private void head(AgreementContent content) {
    add("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"UTF-8\"/><title>调解协议书 ");
    text(content.caseNumber()).add("</title><style>").add(style()).add("</style></head><body>");
    add("<div class=\"foot\">调解协议书 ").text(content.caseNumber()).add("</div>");
    add("<table class=\"letterhead\"><tr><td>").text(content.organisation());
    add("</td><td class=\"number\">").text(content.caseNumber()).add("</td></tr></table>");
    add("<h1>调解协议书</h1><div class=\"dispute\">").text(content.title()).add("</div>");
  }

  private void people(AgreementContent content) {
    add("<table class=\"people\">");
    for (PartyLine party : content.parties()) {
      row(party.role(), party.name());
    }
    row("调解员", content.mediator());
    row("调解组织", content.organisation());
    add("</table>");
  }

  private void row(String role, String name) {
    add("<tr><td class=\"role\">").text(role).add("</td><td>").text(name).add("</td></tr>");
  }

  private void heading(String words) {
    add("<h2>").add(ORDINALS[section++]).add("、").add(words).add("</h2>");
  }

  private void paragraph(String words) {
    add("<p>").text(words).add("</p>");
  }

  private void clauses(List<String> clauses) {
    add("<table class=\"clauses\">");
    int number = 0;
    for (String clause : clauses) {
      number++;
      add("<tr><td class=\"n\">").add(number + ".").add("</td><td class=\"t\">");
      text(clause.strip()).add("</td></tr>");
    }
    add("</table>");
  }

  private void signing(AgreementContent content) {
    add("<div class=\"signing\">");
    heading("签名");
    add("<p class=\"where\">签订日期：").add(DATE.format(content.date()));
    if (!content.place().isBlank()) {
      add("　　签订地点：").text(content.place());
    }
    add("</p>");
    List<Slot> slots = new ArrayList<>();
    content.parties().forEach(p -> slots.add(new Slot(p.role(), p.name(), p.slot())));
    slots.add(new Slot("调解员", content.mediator(), MEDIATOR_SLOT));
    slots.add(new Slot("调解组织（盖章）", content.organisation(), ""));
    add("<table class=\"slots\">");
    for (int i = 0; i < slots.size(); i += 2) {
      add("<tr><td class=\"left\">");
      slot(slots.get(i));
      add("</td><td class=\"right\">");
      if (i + 1 < slots.size()) {
        slot(slots.get(i + 1));
      }
      add("</td></tr>");
    }
    add("</table></div>");
  }

  private record Slot(String role, String name, String id) {}

  private void slot(Slot slot) {
    add("<div class=\"slot\"><div class=\"role\">").text(slot.role());
    add("</div><div class=\"name\">").text(slot.name()).add("</div>");
    add(
        slot.id().isEmpty()
            ? "<div class=\"stamp\"></div></div>"
            : "<div class=\"field\" id=\"slot-" + slot.id() + "\"></div></div>");
  }

  /** Our own markup. */
  private AgreementHtml add(String markup) {
    html.append(markup);
    return this;
  }

  /** Somebody else's words. */
  private AgreementHtml text(String words) {
    PrintableText.escape(words, html);
    return this;
  }

  private static String style() {
    try (InputStream css = AgreementHtml.class.getResourceAsStream("agreement.css")) {
      if (css == null) {
        throw new IOException("agreement.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
