package heyi.recording.composite;

import java.util.List;

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
  /** Neither sound nor picture, but both before and after. */
  SILENT("无声音无画面", "No sound, no picture"),
  /** The recorder had no connection: of nobody is there anything. */
  NOT_RECORDED("录制中断，此段无记录", "Recording interrupted");

  private final List<String> words;

  Absence(String chinese, String english) {
    this.words = List.of(chinese, english);
  }

  /** Chinese and English. */
  List<String> words() {
    return words;
  }
}
