/**
 * The one door through which evidence may leave: how long it is kept (保管期限), who may order its
 * disposal (销毁), and that a legal hold (保全) stops both. Pure; nothing here touches a store.
 *
 * <p>Entry types: {@link heyi.recording.retention.Retention} decides, {@link
 * heyi.recording.retention.DisposalPermit} is what every store asks for before it removes anything.
 */
@NullMarked
package heyi.recording.retention;

import org.jspecify.annotations.NullMarked;
