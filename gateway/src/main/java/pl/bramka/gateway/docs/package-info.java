/**
 * What mobile developers read: the API's description as OpenAPI, as the build recorded it
 * of the controllers, and a page that shows it; and how a retired operation says so in
 * every answer. Calls no upstream; the description is there while all of them are down.
 */
@NullMarked
package pl.bramka.gateway.docs;

import org.jspecify.annotations.NullMarked;
