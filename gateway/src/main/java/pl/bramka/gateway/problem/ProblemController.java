package pl.bramka.gateway.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

	@GetMapping("/v1/problems")
	ResponseEntity<Catalogue> problems() {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(CATALOGUE);
	}

	record Catalogue(List<Entry> problems) {
	}

	record Entry(String code, String type, int status, boolean retryable, String title, Map<String, String> detail) {

		static Entry from(ProblemCode code) {
			return new Entry(code.code(), code.type(), code.status().value(), code.retryable(), code.title(),
					Map.of("pl", code.detail(Language.POLISH), "en", code.detail(Language.ENGLISH)));
		}

	}

}
