package pl.bramka.mocks.identity;

import java.util.List;

/**
 * An e-mail that the provider was asked to send.
 *
 * @param to address
 * @param actions what its link lets the customer do: {@code VERIFY_EMAIL},
 * {@code UPDATE_PASSWORD}
 */
public record Mail(String to, List<String> actions) {
}
