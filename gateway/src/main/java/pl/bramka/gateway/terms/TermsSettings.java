package pl.bramka.gateway.terms;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.validation.annotation.Validated;

/**
 * The terms of use: {@code bramka.terms}.
 *
 * @param editions in any order, old ones too
 */
@Validated
record TermsSettings(@NotEmpty @Size(max = 100) List<@Valid @NotNull Edition> editions) {

	/** Whether a version and a day each mean one edition. */
	@AssertTrue(message = "editions must differ in version and in valid-from")
	public boolean isEachOfItsOwn() {
		return this.editions == null
				|| (this.editions.stream().map(Edition::version).distinct().count() == this.editions.size()
						&& this.editions.stream().map(Edition::validFrom).distinct().count() == this.editions.size());
	}

}
