/**
 * Finding sessions again, by case, person, mediator and day.
 *
 * <p>{@link heyi.server.search.SessionQuery} is what is asked, {@link
 * heyi.server.search.SessionSearch} asks PostgreSQL (blocks), {@link
 * heyi.server.search.SessionSearchRoutes} is the way in.
 */
@NullMarked
package heyi.server.search;

import org.jspecify.annotations.NullMarked;
