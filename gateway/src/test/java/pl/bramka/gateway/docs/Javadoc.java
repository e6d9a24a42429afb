package pl.bramka.gateway.docs;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.therapi.runtimejavadoc.BaseJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import com.github.therapi.runtimejavadoc.Value;

import org.springframework.util.StringUtils;

/**
 * What javadoc says of shapes and operations, as Markdown. A text is written once, beside
 * the code, and apps read the same.
 */
final class Javadoc {

	private Javadoc() {
	}

	static String of(Class<?> type) {
		return text(RuntimeJavadoc.getJavadoc(type).getComment());
	}

	static String of(Method method) {
		return text(RuntimeJavadoc.getJavadoc(method).getComment());
	}

	/** What it says of the answer. */
	static String ofReturn(Method method) {
		return text(RuntimeJavadoc.getJavadoc(method).getReturns());
	}

	static Map<String, String> ofParameters(Method method) {
		return texts(RuntimeJavadoc.getJavadoc(method).getParams());
	}

	static Map<String, String> ofComponents(Class<?> type) {
		return texts(RuntimeJavadoc.getJavadoc(type).getRecordComponents());
	}

	static Map<String, String> ofConstants(Class<?> type) {
		Map<String, String> texts = new LinkedHashMap<>();
		for (BaseJavadoc constant : RuntimeJavadoc.getJavadoc(type).getEnumConstants()) {
			texts.put(constant.getName(), text(constant.getComment()));
		}
		return texts;
	}

	static String firstSentence(String text) {
		int end = text.indexOf(". ");
		return (end < 0) ? text : text.substring(0, end + 1);
	}

	private static Map<String, String> texts(List<ParamJavadoc> parameters) {
		Map<String, String> texts = new LinkedHashMap<>();
		parameters.forEach((parameter) -> texts.put(parameter.getName(), text(parameter.getComment())));
		return texts;
	}

	private static String text(Comment comment) {
		Markdown markdown = new Markdown();
		comment.visit(markdown);
		return StringUtils.capitalize(markdown.text.toString().strip().replaceAll("\\s+", " "));
	}

	/**
	 * Writes the inline tags as Markdown.
	 */
	private static final class Markdown implements CommentVisitor {

		private final StringBuilder text = new StringBuilder();

		@Override
		public void commentText(String value) {
			this.text.append(value);
		}

		@Override
		public void inlineLink(Link link) {
			this.text.append('`').append(link.getLabel().replaceAll(".*#", "")).append('`');
		}

		@Override
		public void inlineTag(String name, String value) {
			this.text.append('`').append(value).append('`');
		}

		@Override
		public void inlineValue(Value value) {
			this.text.append('`').append(value.getReferencedMemberName()).append('`');
		}

	}

}
