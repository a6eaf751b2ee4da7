package org.selfservice.web.identity;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.context.HierarchicalMessageSource;
import org.springframework.context.MessageSource;
import org.springframework.context.support.AbstractMessageSource;
import org.springframework.stereotype.Component;

/** What the settings call a provider, for all pages that name one, where there is no text of its own for it. */
@Component
class ProviderNames {
    private static final String PREFIX = "registrant.provider.";

    ProviderNames(LoginSettings settings, MessageSource texts) {
        ((HierarchicalMessageSource) texts).setParentMessageSource(new Labels(settings.providers()));
    }

    private static final class Labels extends AbstractMessageSource {
        private final Map<String, Provider> providers;

        Labels(Map<String, Provider> providers) {
            this.providers = providers;
        }

        @Override
        protected @Nullable String resolveCodeWithoutArguments(String code, Locale locale) {
            Provider provider = code.startsWith(PREFIX) ? providers.get(code.substring(PREFIX.length())) : null;
            return provider == null ? null : provider.label(locale);
        }

        @Override
        protected @Nullable MessageFormat resolveCode(String code, Locale locale) {
            String label = resolveCodeWithoutArguments(code, locale);
            return label == null ? null : new MessageFormat(label.replace("'", "''"), locale);
        }
    }
}
