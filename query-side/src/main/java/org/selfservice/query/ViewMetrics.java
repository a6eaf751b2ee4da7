package org.selfservice.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How far each view is behind, and what is parked. */
final class ViewMetrics implements MeterBinder {
    private final Views views;
    private final Parked parked;

    ViewMetrics(Views views, Parked parked) {
        this.views = views;
        this.parked = parked;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String view : views.names()) {
            Tags tags = Tags.of("view", view);
            Gauge.builder("portal.projection.lag.events", views, all -> all.lagInEvents(view))
                    .description("Events that the view has not folded yet")
                    .tags(tags)
                    .register(registry);
            Gauge.builder("portal.projection.lag.seconds", views, all -> all.lagInSeconds(view))
                    .description("Age of the newest event that the view has folded, while there are newer ones")
                    .tags(tags)
                    .register(registry);
            Gauge.builder("portal.parked.documents", parked, all -> all.count(view))
                    .description("Documents that are out of service because an event could not be folded")
                    .tags(tags)
                    .register(registry);
        }
    }
}
