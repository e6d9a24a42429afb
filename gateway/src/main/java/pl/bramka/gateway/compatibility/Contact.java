package pl.bramka.gateway.compatibility;

import java.net.URI;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Whom a customer may turn to, signed in or not.
 *
 * @param phone as it is dialled and shown
 * @param form the page with the contact form
 */
public record Contact(@NotBlank @Size(max = 40) String phone, @NotNull URI form) {
}
