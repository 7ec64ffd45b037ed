package heyi.recording.verify;

import heyi.recording.Sha256;
import heyi.recording.journal.JournalMeta;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageLayout;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.TimeStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What follows from a package in which nothing is wrong, and what does not. */
final class Conclusions {
  /** Organisation in the certificates that a server makes for itself. */
  private static final String OWN_AUTHORITY = "O=Heyi demonstration";

  private final PackageContent content;
  private final LedgerReader.Content ledger;
  private final SealFacts seal;
  private final LogCheck.@Nullable Place place;
  private final LedgerReader.Content accesses;
  private final VerificationTrust trust;

  Conclusions(
      PackageContent content,
      LedgerReader.Content ledger,
      SealFacts seal,
      LogCheck.@Nullable Place place,
      LedgerReader.Content accesses,
      VerificationTrust trust) {
    this.content = content;
    this.ledger = ledger;
    this.seal = seal;
    this.place = place;
    this.accesses = accesses;
    this.trust = trust;
  }

  List<Sentence> proven(Manifest manifest) {
    long packets = content.chunks().values().stream().mapToLong(ChunkFacts::packets).sum();
    List<Sentence> sentences = new ArrayList<>();
    sentences.add(
        Sentence.of(
            "原始数据 %d 个片段、%d 个数据包未被改动，次序正确，无一缺失",
            "%d chunks with %d packets are unchanged, in order and without a chunk missing",
            manifest.chunks().size(),
            packets));
    sentences.add(
        Sentence.of(
            "%d 个可播放文件即庭审结束时所生成者",
            "%d playable tracks are those that were made at the close of the session",
            manifest.tracks().size()));
    sentences.add(
        Sentence.of(
            "账本 %d 条未被改动，次序正确，根值 %s",
            "%d ledger entries are unchanged and in order, root %s",
            manifest.ledger().entries(),
            manifest.ledger().rootHash()));
    sentences.add(
        Sentence.of(
            "账本所列文件齐全，包内没有来历不明的文件",
            "nothing that the ledger names is missing, and every file is accounted for"));
    sentences.add(
        Sentence.of(
            "录制自 %s 起，历时 %d 毫秒（以服务器时钟计）",
            "recorded from %s for %d ms by the clock of the server",
            manifest.start(),
            manifest.durationMillis()));
    addSeal(sentences);
    if (!accesses.entries().isEmpty()) {
      sentences.add(
          Sentence.of(
              "封存后的查看与导出记录 %d 条，次序正确，截至 %s",
              "%d replays and exports after the close are listed, unchanged, until %s",
              accesses.entries().size() - 1,
              accesses.entries().getLast().at()));
    }
    namedDocuments()
        .forEach(
            name ->
                sentences.add(
                    Sentence.of("文书 %s 即账本所记者", "%s is the document that the ledger names", name)));
    return sentences;
  }

  private void addSeal(List<Sentence> sentences) {
    EvidencePublicKey key = seal.key();
    if (key != null) {
      sentences.add(
          Sentence.of(
              "目录由密钥 %s（%s）签名",
              "the manifest is signed by key %s (%s)", key.id(), key.scheme().id()));
    }
    TimeStamp stamp = seal.stamp();
    if (stamp != null) {
      sentences.add(
          Sentence.of(
              "目录最迟于 %s 已经存在，由时间戳机构证明：%s",
              "the manifest existed at %s at the latest, says the time stamp authority %s",
              stamp.at(),
              stamp.authority()));
    }
    if (place != null) {
      sentences.add(
          Sentence.of(
              "已载入透明日志 %s 第 %d 条（共 %d 条）",
              "it is entry %2$d of the transparency log %1$s, which had %3$d entries",
              place.log(),
              place.index(),
              place.size()));
      place
          .witnesses()
          .forEach(
              (witness, at) ->
                  sentences.add(
                      Sentence.of(
                          "见证人 %s 于 %s 见到该日志", "witness %s saw that log at %s", witness, at)));
    }
  }

  List<Sentence> notProven() {
    List<Sentence> sentences = new ArrayList<>();
    sentences.add(
        Sentence.of(
            "镜头前是谁、所言是否属实，以及从未发送到服务器的内容",
            "who sat before the camera, whether what was said is true, what was never sent"));
    EvidencePublicKey key = seal.key();
    if (key != null && trust.keys().isEmpty()) {
      sentences.add(
          Sentence.of(
              "密钥 %s 属于谁：请与调解机构公布的密钥对照，或用 --key 指定",
              "whose key %s is: compare it with the one the centre publishes, or give it by --key",
              key.id()));
    }
    sentences.add(stampDoubt(seal.stamp()));
    sentences.add(logDoubt(place));
    Set<String> named = Set.copyOf(namedDocuments());
    content.hashes().keySet().stream()
        .filter(name -> name.startsWith(PackageLayout.DOCUMENTS) && !named.contains(name))
        .forEach(
            name ->
                sentences.add(
                    Sentence.of(
                        "文书 %s 于导出时附入，账本中没有它的哈希",
                        "%s was added when the package was made; the ledger does not name it",
                        name)));
    return sentences;
  }

  private static Sentence stampDoubt(@Nullable TimeStamp stamp) {
    if (stamp == null) {
      return Sentence.of(
          "何时封存：未加盖时间戳，只有服务器自己的时钟",
          "when it was sealed: it is unstamped, only the server's own clock speaks");
    }
    if (stamp.authority().contains(OWN_AUTHORITY)) {
      return Sentence.of(
          "时间的独立性：时间戳由服务器内置的演示机构加盖，时钟由运营者掌握",
          "that the time is independent: the stamp is of the authority inside the server, whose"
              + " clock is the operator's");
    }
    return stamp.trusted()
        ? Sentence.of(
            "时间戳机构是否可信：其根证书随包提供，请另行核对",
            "that the time stamp authority is to be trusted: check its root certificate elsewhere")
        : Sentence.of(
            "时间戳机构的证书出自何处：没有可依托的根证书",
            "where the certificate of the time stamp authority comes from: no root was given");
  }

  private static Sentence logDoubt(LogCheck.@Nullable Place place) {
    if (place == null) {
      return Sentence.of(
          "日后是否被悄然移除：未载入透明日志", "that it cannot vanish unseen: it is in no transparency log");
    }
    return place.witnesses().isEmpty()
        ? Sentence.of(
            "日志对所有人是否相同：没有见证人会签，请与他人手中的检查点对照",
            "that everybody is shown the same log: no witness cosigned it; compare checkpoints")
        : Sentence.of("见证人是否独立于运营者", "that the witnesses are independent of the operator");
  }

  /** Documents whose hash stands in an entry of the ledger. */
  private List<String> namedDocuments() {
    Set<String> hashes =
        ledger.entries().stream()
            .map(entry -> entry.payload().path("sha256").asText())
            .collect(Collectors.toSet());
    List<String> named = new ArrayList<>();
    for (Map.Entry<String, Sha256> file : content.hashes().entrySet()) {
      if (file.getKey().startsWith(PackageLayout.DOCUMENTS)
          && hashes.contains(file.getValue().hex())) {
        named.add(file.getKey());
      }
    }
    return named;
  }

  List<Sentence> disclosed(Manifest manifest) {
    List<Sentence> sentences = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries()) {
      boolean gap =
          entry.type().equals(RecordingEvents.INTERRUPTED)
              || entry.type().equals(RecordingEvents.GAP)
              || entry.type().equals(JournalMeta.JOURNAL_GAP)
              || entry.type().equals(RecordingEvents.CLOCK_JUMP)
              || entry.type().equals(RecordingEvents.OFF_RECORD)
              || entry.type().equals(RecordingEvents.ON_RECORD)
              || entry.type().equals("source-silent")
              || entry.type().equals("recorder-disconnected");
      if (entry.type().equals("caucus-opened")) {
        sentences.add(
            Sentence.of(
                "第 %d 毫秒起第 %s 次单独谈话，另行录制，不在本包中",
                "from %d ms on private talk number %s, recorded apart and not in this package",
                entry.offset().toMillis(),
                entry.payload().path("number").asText()));
      }
      if (gap) {
        sentences.add(
            Sentence.of(
                "%s，第 %d 毫秒：%s",
                "%s at %d ms: %s", entry.type(), entry.offset().toMillis(), entry.payload()));
      }
    }
    for (MadeTrack track : manifest.tracks()) {
      for (MadeTrack.Gap gap : track.gaps()) {
        sentences.add(
            Sentence.of(
                "%s 在第 %d 至 %d 毫秒没有内容",
                "%s has nothing to play from %d to %d ms",
                track.id(),
                gap.fromMillis(),
                gap.toMillis()));
      }
    }
    return sentences;
  }
}
