package heyi.recording.composite;

import java.util.List;
import java.util.Optional;

/** Why somebody has no picture; said in his tile. */
enum Absence {
  /** Nothing came from him yet. */
  NOT_YET("尚未加入", "Not here yet"),
  /** Nothing comes from him any more. */
  GONE("已离开", "Left"),
  /** He is heard and had no camera at all. */
  SOUND_ONLY("仅有声音", "Sound only"),
  /** He is heard, and there is a picture of him at another time. */
  CAMERA_OFF("摄像头无画面", "No picture from the camera"),
  /** He switched his camera off himself. */
  MUTED("已关闭摄像头", "Camera switched off"),
  /** His network was gone. */
  NETWORK("网络中断", "Network lost"),
  /** His device sent the same moment again and again. */
  STALLED("设备画面停滞", "Camera stalled"),
  /** His device showed another page or program. */
  BACKGROUND("页面在后台", "Page in the background"),
  /** The mediator had taken the talk off the record. */
  OFF_RECORD("不宜录制，已停止录音录像", "Off the record"),
  /** The room let nothing through, because nobody led. */
  HELD_BACK("调解员不在场，已暂停传送", "Held back: no mediator"),
  /** The mediator talked with one side alone, on a record apart. */
  CAUCUS("单独谈话期间，另行录制", "Private talk, recorded apart"),
  /** He had just begun to send. */
  STARTING("正在接通", "Connecting"),
  /** Neither sound nor picture, but both before and after. */
  SILENT("无声音无画面", "No sound, no picture"),
  /** The recorder had no connection: of nobody is there anything. */
  NOT_RECORDED("录制中断，此段无记录", "Recording interrupted");

  private final List<String> words;

  Absence(String chinese, String english) {
    this.words = List.of(chinese, english);
  }

  /** What the ledger's word means for a tile; empty for words that say no more than the tracks. */
  static Optional<Absence> of(String cause) {
    return switch (cause) {
      case "mute" -> Optional.of(MUTED);
      case "leave" -> Optional.of(GONE);
      case "network" -> Optional.of(NETWORK);
      case "capture-stall" -> Optional.of(STALLED);
      case "background" -> Optional.of(BACKGROUND);
      case "held-back" -> Optional.of(HELD_BACK);
      case "caucus" -> Optional.of(CAUCUS);
      case "starting" -> Optional.of(STARTING);
      case "off-record" -> Optional.of(OFF_RECORD);
      case "bridge", "recorder", "server-restart" -> Optional.of(NOT_RECORDED);
      default -> Optional.empty();
    };
  }

  /** Chinese and English. */
  List<String> words() {
    return words;
  }
}
