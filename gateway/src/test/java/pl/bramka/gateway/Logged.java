package pl.bramka.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Everything that is logged while it is open, at any level that is switched on.
 */
public final class Logged implements AutoCloseable {

	private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Map<String, @Nullable Level> before = new TreeMap<>();

	private final Lines lines = new Lines();

	private Logged() {
		this.lines.setContext(this.root.getLoggerContext());
		this.lines.start();
		this.root.addAppender(this.lines);
	}

	/** Begins to listen, at the levels of a real start: those of the file it reads. */
	public static Logged atUsualLevels() {
		Logged logged = new Logged();
		try (InputStream file = Logged.class.getResourceAsStream("/logback-spring.xml")) {
			Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
			logged.with(document.getElementsByTagName("root"));
			logged.with(document.getElementsByTagName("logger"));
			return logged;
		}
		catch (IOException | SAXException | ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void with(NodeList loggers) {
		for (int i = 0; i < loggers.getLength(); i++) {
			Element logger = (Element) loggers.item(i);
			String name = logger.hasAttribute("name") ? logger.getAttribute("name") : org.slf4j.Logger.ROOT_LOGGER_NAME;
			with(name, Level.valueOf(logger.getAttribute("level")));
		}
	}

	/** Also listens to a logger at a level that is usually off. */
	public Logged with(String name, Level level) {
		if (!this.before.containsKey(name)) {
			this.before.put(name, logger(name).getLevel());
		}
		logger(name).setLevel(level);
		return this;
	}

	/** What was logged, each with the failure it came with. */
	public List<String> lines() {
		synchronized (this.lines.all) {
			return List.copyOf(this.lines.all);
		}
	}

	/** What one logger logged. */
	public List<String> lines(String logger) {
		String start = logger + ": ";
		return lines().stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.toList();
	}

	@Override
	public void close() {
		this.root.detachAppender(this.lines);
		this.before.forEach((name, level) -> logger(name).setLevel(level));
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	/**
	 * Keeps them all.
	 */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<String> all = new ArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			StringBuilder line = new StringBuilder(event.getLoggerName()).append(": ")
				.append(event.getFormattedMessage());
			if (!event.getMDCPropertyMap().isEmpty()) {
				line.append(' ').append(event.getMDCPropertyMap());
			}
			if (event.getThrowableProxy() != null) {
				line.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
			synchronized (this.all) {
				this.all.add(line.toString());
			}
		}

	}

}
