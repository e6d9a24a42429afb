package pl.bramka.gateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pipes, and what they go by that may change while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	Live<DeadlineProperties> deadline(LiveSettings settings) {
		return settings.of("bramka.deadline", DeadlineProperties.class);
	}

	@Bean
	Live<UpstreamFigures> upstreamFigures(LiveSettings settings) {
		return settings.of("bramka.upstreams", UpstreamFigures.class);
	}

	@Bean
	UpstreamPipes upstreamPipes(UpstreamProperties systems, Live<UpstreamFigures> figures,
			Live<DeadlineProperties> deadline, LiveSettings settings, MeterRegistry meters) {
		UpstreamPipes pipes = new UpstreamPipes(systems, figures.value(), deadline, meters);
		settings.whenChanged(figures, pipes::refit);
		return pipes;
	}

}
