/**
 * Opening what is sealed (启封): the recording of a caucus is opened by two people for a reason and a
 * time, and by nobody else.
 *
 * <p>Entry types: {@link heyi.recording.unsealing.SealedAccess} gives a {@link
 * heyi.recording.unsealing.SealedCapability} and writes that down; {@code
 * heyi.recording.store.SealedStore} opens nothing without one.
 */
@NullMarked
package heyi.recording.unsealing;

import org.jspecify.annotations.NullMarked;
