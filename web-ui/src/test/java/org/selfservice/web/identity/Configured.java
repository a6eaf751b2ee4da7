package org.selfservice.web.identity;

import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them. */
final class Configured {
    private Configured() {}

    /** @param properties by their names below {@code portal.login} */
    static LoginSettings login(Map<String, String> properties) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        properties.forEach((name, value) -> source.put("portal.login." + name, value));
        return new Binder(source)
                .bindOrCreate(
                        "portal.login",
                        Bindable.of(LoginSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
