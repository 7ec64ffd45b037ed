package heyi.recording.packaging;

import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import java.nio.file.Path;

/**
 * A finished evidence package.
 *
 * @param id the recording in it
 * @param file the ZIP
 * @param sizeBytes its size
 * @param sha256 its hash
 */
public record EvidencePackage(RecordingId id, Path file, long sizeBytes, Sha256 sha256) {}
