package org.selfservice.query;

import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The views of all features, found as the configuration finds them. */
final class AllViews {
    private AllViews() {}

    static List<View<?>> all() {
        try (var context = new AnnotationConfigApplicationContext(Scan.class)) {
            return context.getBeansOfType(View.class).values().stream()
                    .<View<?>>map(view -> view)
                    .toList();
        }
    }

    @ComponentScan(
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = View.class),
            excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Tally.class))
    static class Scan {}
}
