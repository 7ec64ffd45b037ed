package heyi.recording.retention;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;

/**
 * What two people ordered: that a recording be disposed of.
 *
 * @param root key below which all its objects are
 * @param reason why, in the words of who asked
 * @param requested who asked
 * @param approved who agreed
 */
public record DisposalOrder(
    ObjectKey root, String reason, Signatory requested, Signatory approved) {}
