package pl.bramka.mocks.sap;

import java.util.List;

import com.github.tomakehurst.wiremock.http.Request;

/**
 * What a request asks for.
 *
 * @param root the absolute address of the service, as the caller knows it
 * @param path the segments below the service
 * @param query the query options
 */
record Target(String root, List<Segment> path, Query query) {

	/** Reads the address of a request to the service at that base path. */
	static Target of(Request request, String base) {
		String url = request.getUrl();
		int mark = url.indexOf('?');
		String path = (mark < 0) ? url : url.substring(0, mark);
		if (!(path + "/").startsWith(base)) {
			throw SapFault.unknownService(path);
		}
		String address = request.getAbsoluteUrl();
		return new Target(address.substring(0, address.length() - url.length()) + base,
				Segment.parse(path.substring(Math.min(path.length(), base.length()))),
				Query.parse((mark < 0) ? "" : url.substring(mark + 1)));
	}

}
