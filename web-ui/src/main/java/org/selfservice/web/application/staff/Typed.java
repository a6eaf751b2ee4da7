package org.selfservice.web.application.staff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.page.PageError;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What a form's controls hold and what is wrong with it, by the controls' names, which are their ids too. */
public final class Typed {
    /** Id of the form on each page. */
    static final String FORM = "edit";
    /** The case's sequence number when the form was made. */
    static final String SEEN = "seen";

    private final MultiValueMap<String, String> values;
    private final Map<String, String> wrong = new LinkedHashMap<>();

    private Typed(MultiValueMap<String, String> values) {
        this.values = values;
    }

    static Typed of(MultiValueMap<String, String> posted) {
        return new Typed(new LinkedMultiValueMap<>(posted));
    }

    static Typed nothing() {
        return new Typed(new LinkedMultiValueMap<>());
    }

    /** A browser sends two characters for what was typed as one. */
    public String text(String name) {
        String value = values.getFirst(name);
        return value == null ? "" : value.replace("\r\n", "\n").strip();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    void put(String name, String value) {
        values.set(name, value);
    }

    void mind(String name, String text) {
        wrong.putIfAbsent(name, text);
    }

    public @Nullable String wrong(String name) {
        return wrong.get(name);
    }

    boolean isRight() {
        return wrong.isEmpty();
    }

    /** -1 when it says none. */
    long seen() {
        return text(SEEN).matches("\\d{1,15}") ? Long.parseLong(text(SEEN)) : -1;
    }

    void fill(Model model) {
        List<PageError> errors = new ArrayList<>();
        wrong.forEach((name, text) -> errors.add(new PageError("#" + name, text)));
        model.addAttribute("typed", this);
        model.addAttribute("errors", errors);
    }
}
