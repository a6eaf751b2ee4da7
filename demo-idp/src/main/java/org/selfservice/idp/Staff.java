package org.selfservice.idp;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invented member of a program's staff; the password is published on purpose.
 *
 * @param individualId their own ID number as a person, where the staff's accounts know it
 */
public record Staff(
        String username,
        String name,
        String password,
        List<String> roles,
        @JsonProperty("individual_id") @Nullable String individualId) {}
