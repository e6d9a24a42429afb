/**
 * Reading long lists page by page. Asks nobody.
 */
@NullMarked
package pl.bramka.gateway.paging;

import org.jspecify.annotations.NullMarked;
