package pl.bramka.gateway.problem;

/**
 * What the catalogue says of a problem, in words.
 */
interface CatalogueEntry {

	/**
	 * The stable name in the answer's member {@code code}, in kebab-case.
	 * @return the name
	 */
	String code();

	/**
	 * The member {@code type} of RFC 9457: a reference that never changes.
	 * @return a URI reference into the published catalogue
	 */
	default String type() {
		return "/v1/problems#" + code();
	}

	/**
	 * The member {@code title} of RFC 9457: the code in words, the same in all languages.
	 * @return a short English phrase
	 */
	default String title() {
		return Character.toUpperCase(code().charAt(0)) + code().substring(1).replace('-', ' ');
	}

	/**
	 * The sentence for a person.
	 * @param language the language to speak
	 * @return one sentence in that language
	 */
	default String detail(Language language) {
		return Sentences.of(code(), language);
	}

}
