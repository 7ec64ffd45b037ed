/**
 * The original of a recording: every packet as it came, with its time and a checksum, in files that
 * only grow.
 *
 * <p>Entry types: {@link heyi.recording.journal.JournalBuffer} takes packets without waiting,
 * {@link heyi.recording.journal.JournalWriter} puts them on disk, {@link
 * heyi.recording.journal.JournalReader} reads them back up to a torn tail. <b>Threads:</b> stated
 * on each type.
 */
@NullMarked
package heyi.recording.journal;

import org.jspecify.annotations.NullMarked;
