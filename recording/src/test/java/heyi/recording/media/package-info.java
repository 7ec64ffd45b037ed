/** Judges finished tracks by what is seen and heard in them. */
@NullMarked
package heyi.recording.media;

import org.jspecify.annotations.NullMarked;
