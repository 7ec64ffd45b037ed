/**
 * Documents of a case as PDF with correct Chinese text: made from a template, looked at page by
 * page.
 *
 * <p>{@link heyi.server.document.AgreementPdf} and {@link heyi.server.document.PdfPages} are the
 * entries. Both compute for a while: call them on a virtual thread, never on an event loop.
 */
@NullMarked
package heyi.server.document;

import org.jspecify.annotations.NullMarked;
