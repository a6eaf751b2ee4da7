package org.selfservice.kernel.registrant;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;

/** @param language BCP 47 primary tag in which the person wants to be addressed */
public record ContactPreferences(Via via, String language) {
    public enum Via {
        NONE(null),
        EMAIL(Demographics.EMAIL),
        SMS(Demographics.PHONE_NUMBER);

        private final @Nullable String attribute;

        Via(@Nullable String attribute) {
            this.attribute = attribute;
        }

        /** The demographic attribute that is the address; null for no messages. */
        public @Nullable String attribute() {
            return attribute;
        }

        /**
         * @param known the value of each attribute that the portal uses
         * @return null when the person gave none
         */
        public @Nullable String address(Map<String, Answer> known) {
            return attribute != null && known.get(attribute) instanceof Answer.Text(String text) && !text.isBlank()
                    ? text.strip()
                    : null;
        }
    }
}
