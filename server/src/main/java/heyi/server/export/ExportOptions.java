package heyi.server.export;

import heyi.recording.PixelSize;
import heyi.recording.composite.CompositeOptions;
import java.time.ZoneId;

/**
 * What films look like and how many are made at once.
 *
 * @param size of the picture
 * @param framesPerSecond of the picture
 * @param videoBitsPerSecond what the picture may take
 * @param segmentSeconds length of what is made at a time and kept
 * @param zone of the burned-in wall clock
 * @param mostOpen films that may wait, be decided on or be made; one more is refused
 * @param process limits of the process that makes one
 */
public record ExportOptions(
    PixelSize size,
    int framesPerSecond,
    int videoBitsPerSecond,
    int segmentSeconds,
    ZoneId zone,
    int mostOpen,
    CompositeOptions process) {}
