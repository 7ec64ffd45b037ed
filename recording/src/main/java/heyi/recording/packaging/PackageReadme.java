package heyi.recording.packaging;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text that tells a stranger what an evidence package is and how to check it. */
public final class PackageReadme {
  private static final String TEXT =
      """
      合意 (Heyi) 录音录像证据包
      ==========================
      录制编号: %1$s
      开始时间: %2$s
      账本根值: %3$s

      内容
        manifest.json      目录：全部片段、音视频文件及其 SHA-256
        ledger.jsonl       过程账本：每行一条，逐条含上一条的哈希（RFC 8785 规范 JSON）
        recording/chunks/  原始数据：收到的每一个 RTP/RTCP 包，带到达时间与校验和
        tracks/            由原始数据生成的可播放文件，用浏览器或 VLC 即可打开
        documents/         案件文书（如已签署的调解协议）
        SHA256SUMS         以上各文件的哈希

      核验
        1. 只用系统自带工具:  sha256sum -c SHA256SUMS
        2. 完整核验（离线）:  ./heyi verify 本文件.zip
        将上面的账本根值与庭审结束时各方所见的根值对照。

      Evidence package of Heyi
      ========================
      Recording:   %1$s
      Started:     %2$s
      Ledger root: %3$s

      Contents
        manifest.json      all chunks and tracks with their SHA-256
        ledger.jsonl       what happened, one entry per line, each with the hash of the one
                           before (canonical JSON, RFC 8785)
        recording/chunks/  the original: every RTP and RTCP packet as received, with arrival
                           time and checksum
        tracks/            playable files made from the original; open them in a browser or VLC
        documents/         documents of the case, for instance the signed agreement
        SHA256SUMS         hashes of all files above

      How to check
        1. With nothing but system tools:  sha256sum -c SHA256SUMS
        2. Everything, offline:            ./heyi verify THIS-FILE.zip
        Compare the ledger root with the one that everyone saw when the session ended.
      """;

  private PackageReadme() {}

  /** The text for a recording, UTF-8. */
  public static byte[] text(Manifest manifest) {
    return String.format(
            Locale.ROOT, TEXT, manifest.id(), manifest.start(), manifest.ledger().rootHash())
        .getBytes(StandardCharsets.UTF_8);
  }
}
