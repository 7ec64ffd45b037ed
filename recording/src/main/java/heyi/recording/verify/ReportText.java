package heyi.recording.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as lines of text, for people. */
public final class ReportText {
  private ReportText() {}

  /** In one language; what is technical (names of files, hashes) stays as it is. */
  public static List<String> lines(VerificationReport report, ReportLanguage language) {
    boolean zh = language == ReportLanguage.ZH;
    List<String> lines = new ArrayList<>();
    lines.add((zh ? "录制编号  " : "Recording  ") + report.recordingId());
    lines.add((zh ? "账本根值  " : "Root hash  ") + report.rootHash());
    lines.add(
        String.format(
            Locale.ROOT,
            zh ? "已核验    %d 个文件，%,d 字节" : "Checked    %d objects, %,d bytes",
            report.objectsChecked(),
            report.bytesChecked()));
    add(lines, zh ? "已证明" : "Proven", "✓ ", report.proven(), language);
    add(lines, zh ? "录制自述的中断与空缺" : "Disclosed gaps", "! ", report.disclosed(), language);
    add(lines, zh ? "未证明" : "Not proven", "? ", report.notProven(), language);
    if (!report.findings().isEmpty()) {
      lines.add(zh ? "问题" : "Wrong");
      report.findings().forEach(finding -> lines.add("  ✗ " + finding(finding, zh)));
    }
    lines.add(verdict(report, zh));
    return lines;
  }

  private static void add(
      List<String> lines,
      String title,
      String mark,
      List<Sentence> sentences,
      ReportLanguage language) {
    if (!sentences.isEmpty()) {
      lines.add(title);
      sentences.forEach(sentence -> lines.add("  " + mark + sentence.in(language)));
    }
  }

  private static String finding(Finding finding, boolean zh) {
    String kind = zh ? chinese(finding.kind()) : finding.kind().name();
    String message = zh ? FindingWords.inChinese(finding.message()) : finding.message();
    return kind + " " + finding.object() + (zh ? "：" : ": ") + message;
  }

  private static String chinese(Finding.Kind kind) {
    return switch (kind) {
      case ALTERED -> "被改动";
      case MISSING -> "缺失";
      case UNKNOWN -> "来历不明";
      case REORDERED -> "次序不对";
      case UNREADABLE -> "无法读取";
      case CONTRADICTION -> "互相矛盾";
    };
  }

  private static String verdict(VerificationReport report, boolean zh) {
    if (report.intact()) {
      return zh ? "完整无损" : "INTACT";
    }
    return zh ? "已被破坏，不可采信" : "NOT INTACT";
  }
}
