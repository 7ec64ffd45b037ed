package heyi.recording.verify;

/** Languages of the report. */
public enum ReportLanguage {
  /** Chinese. */
  ZH,
  /** English. */
  EN
}
