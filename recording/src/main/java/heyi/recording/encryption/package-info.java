/**
 * Evidence encrypted at rest: a key per session, wrapped by a master key.
 *
 * <p>{@link heyi.recording.encryption.EncryptedObjectStore} stands before any object store and is
 * one itself. {@link heyi.recording.encryption.KeyManagement} is the port to whoever holds the
 * master key; {@link heyi.recording.encryption.MasterKeyFile} is the one without a service. Hashes
 * in ledgers and packages are always of the plain bytes: who holds the evidence checks it without
 * any key.
 */
@NullMarked
package heyi.recording.encryption;

import org.jspecify.annotations.NullMarked;
