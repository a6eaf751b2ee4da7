package org.selfservice;

import java.util.regex.Pattern;
import org.assertj.core.presentation.Representation;
import org.jspecify.annotations.Nullable;

/** A page in a failed assertion is shown as its words: the marks around them would hide all other failures of a run. */
public final class PagesAsText implements Representation {
    private static final Pattern UNSEEN =
            Pattern.compile("(?s)<head>.*?</head>|<svg.*?</svg>|<script.*?</script>|<[^>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Override
    public @Nullable String toStringOf(Object shown) {
        return shown instanceof String page && page.startsWith("<!DOCTYPE html")
                ? "the page \""
                        + SPACE.matcher(UNSEEN.matcher(page).replaceAll(" ")).replaceAll(" ") + "\""
                : null;
    }
}
