package pl.bramka.gateway.upstream;

import java.util.List;

import org.springframework.http.HttpMethod;

/**
 * One change in an SAP OData service.
 *
 * @param name what the call is called where it is measured
 * @param method POST, PUT or DELETE
 * @param path as in {@link ODataQuery#path()}
 * @param variables as in {@link ODataQuery#variables()}
 * @param body what is written as JSON; an empty map for DELETE
 */
public record ODataWrite(String name, HttpMethod method, String path, List<String> variables, Object body) {

	/**
	 * Refuses a template that does not have one place for each variable.
	 */
	public ODataWrite {
		ODataQuery.checkPlaces(path, variables);
	}

}
