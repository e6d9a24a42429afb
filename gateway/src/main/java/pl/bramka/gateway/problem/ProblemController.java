package pl.bramka.gateway.problem;

import java.util.Arrays;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The catalogue, for mobile developers.
 */
@RestController
final class ProblemController {

	private static final Catalogue CATALOGUE = new Catalogue(
			Arrays.stream(ProblemCode.values()).map(Entry::from).toList());

	/**
	 * Every problem an answer may name.
	 * @return the catalogue
	 */
	@GetMapping("/v1/problems")
	ResponseEntity<Catalogue> problems() {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(CATALOGUE);
	}

	/**
	 * Every problem an answer may name.
	 *
	 * @param problems in no order that means anything
	 */
	@Schema(name = "Catalogue")
	record Catalogue(List<Entry> problems) {
	}

	/**
	 * A problem of the catalogue.
	 *
	 * @param code the name that never changes
	 * @param type where it stands in the catalogue, the member {@code type} of a problem
	 * @param status the status of the answer
	 * @param retryable whether the same call may succeed later without a change
	 * @param title the code in words
	 * @param detail the sentence for a person
	 */
	@Schema(name = "CatalogueEntry")
	record Entry(@Schema(ref = "ProblemCode") String code, String type, int status, boolean retryable, String title,
			Sentences detail) {

		static Entry from(ProblemCode code) {
			return new Entry(code.code(), code.type(), code.status().value(), code.retryable(), code.title(),
					new Sentences(code.detail(Language.POLISH), code.detail(Language.ENGLISH)));
		}

	}

	/**
	 * The same in both languages.
	 *
	 * @param pl Polish
	 * @param en English
	 */
	record Sentences(String pl, String en) {
	}

}
