package pl.bramka.gateway.terms;

import java.net.URI;
import java.time.LocalDate;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * One edition of the terms of use.
 *
 * @param version what customers accept; never used for another text
 * @param validFrom the first day, in Warsaw
 * @param link where the text is
 */
public record Edition(@NotBlank @Size(max = 40) String version, @NotNull LocalDate validFrom, @NotNull URI link) {
}
