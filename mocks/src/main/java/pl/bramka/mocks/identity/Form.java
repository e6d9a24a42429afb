package pl.bramka.mocks.identity;

import com.github.tomakehurst.wiremock.http.FormParameter;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The parameters of one request.
 */
record Form(Request request) {

	/**
	 * A field of the form in the body.
	 * @param name of the field
	 * @return empty text if there is none
	 */
	String field(String name) {
		FormParameter field = this.request.formParameter(name);
		return (field != null && field.isPresent()) ? field.firstValue() : "";
	}

	/**
	 * A parameter of the query.
	 * @param name of the parameter
	 * @return empty text if there is none
	 */
	String query(String name) {
		QueryParameter parameter = this.request.queryParameter(name);
		return (parameter != null && parameter.isPresent()) ? parameter.firstValue() : "";
	}

	String path() {
		return this.request.getUrl().replaceFirst("[?#].*", "");
	}

}
