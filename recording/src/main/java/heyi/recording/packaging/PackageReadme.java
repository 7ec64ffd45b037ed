package heyi.recording.packaging;

import heyi.recording.seal.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

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
        manifest.json      目录：全部片段、音视频文件及其 SHA-256，账本根值（SHA-256 与 SM3）
        ledger.jsonl       过程账本：每行一条，逐条含上一条的哈希（RFC 8785 规范 JSON）
        seal/              封印：对目录的签名、公钥、时间戳
        recording/chunks/  原始数据：收到的每一个 RTP/RTCP 包，带到达时间与校验和
        tracks/            由原始数据生成的可播放文件，用浏览器或 VLC 即可打开
        documents/         案件文书（如已签署的调解协议）；transcript.txt 是由账本得出的笔录
        verify.html        核验页：用浏览器打开，离线核验证据包
        SHA256SUMS         以上各文件的哈希
        SHA256SUMS.sig     导出时对哈希清单的签名

      核验（解压后在此目录执行）
        完整核验（离线）  ./heyi verify 本文件.zip --lang zh
        浏览器核验（离线）用浏览器打开 verify.html，选择本文件
        仅用系统自带工具  下列命令，与英文部分相同
        将上面的账本根值与庭审结束时各方所见的根值对照。

      Evidence package of Heyi
      ========================
      Recording:   %1$s
      Started:     %2$s
      Ledger root: %3$s

      Contents
        manifest.json      all chunks and tracks with their SHA-256, the roots of the ledger with
                           SHA-256 and SM3
        ledger.jsonl       what happened, one entry per line, each with the hash of the one
                           before (canonical JSON, RFC 8785)
        seal/              signature over the manifest, public key, time stamp
        recording/chunks/  the original: every RTP and RTCP packet as received, with arrival
                           time and checksum
        tracks/            playable files made from the original; open them in a browser or VLC
        documents/         documents of the case, for instance the signed agreement;
                           transcript.txt is the transcript as it follows from the ledger
        verify.html        opens in a browser and checks packages offline
        SHA256SUMS         hashes of all files above
        SHA256SUMS.sig     signature over that list, made at the export

      How to check
        Everything, offline:             ./heyi verify THIS-FILE.zip
        In a browser, offline:           open verify.html, choose THIS-FILE.zip
        With nothing but system tools, in the folder of the extracted package:

        %4$s
        Compare the ledger root with the one that everyone saw when the session ended.
      """;

  private static final String UNSTAMPED =
      """
      (未加盖时间戳：封印时时间戳服务不可用，补盖后重新导出即有)
      (unstamped: no time stamp authority answered yet; a later export has the stamp)
      """;

  private PackageReadme() {}

  /**
   * The text for a recording, UTF-8.
   *
   * @param scheme of the key that signed the manifest
   * @param exporter of the key that signed the list of hashes
   * @param sealFiles names of what is below {@link PackageLayout#SEAL}
   */
  public static byte[] text(
      Manifest manifest, SignatureScheme scheme, SignatureScheme exporter, Set<String> sealFiles) {
    String exportKey =
        sealFiles.contains(PackageLayout.EXPORT_KEY) ? PackageLayout.EXPORT_KEY : PackageLayout.KEY;
    StringBuilder commands = new StringBuilder();
    commands.append("sha256sum -c ").append(PackageLayout.SUMS).append('\n');
    commands
        .append(
            exporter.opensslCommand(exportKey, PackageLayout.SUMS_SIGNATURE, PackageLayout.SUMS))
        .append('\n')
        .append(
            scheme.opensslCommand(
                PackageLayout.KEY, PackageLayout.SIGNATURE, PackageLayout.MANIFEST))
        .append('\n');
    if (sealFiles.contains(PackageLayout.STAMP)) {
      String trust =
          sealFiles.contains(PackageLayout.STAMP_TRUST)
              ? PackageLayout.STAMP_TRUST
              : "ROOT-OF-THE-AUTHORITY.pem";
      commands.append(stampCommand(trust)).append('\n');
    } else {
      commands.append(UNSTAMPED);
    }
    return String.format(
            Locale.ROOT,
            TEXT,
            manifest.id(),
            manifest.start(),
            manifest.ledger().rootHash(),
            commands.toString().replace("\n", "\n  "))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String stampCommand(String trust) {
    return String.format(
        Locale.ROOT,
        "openssl ts -verify -data %s -in %s -CAfile %s",
        PackageLayout.MANIFEST,
        PackageLayout.STAMP,
        trust);
  }
}
