package org.selfservice.web.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;

/**
 * What a form's controls hold and what is wrong with it, by the controls' names, which are their ids too. A text in several
 * languages has a control per language ({@code name.en}), a row of a list its number ({@code rule.0.id}).
 */
public final class Typed {
    /** Id of the form on each page. */
    public static final String FORM = "edit";
    /** The sequence of what is changed when the form was filled in. */
    public static final String SEEN = "seen";

    private static final String ADD = "add";
    private static final String REMOVE = "remove";
    private static final int MOST_ROWS = 100;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    public static Typed of(MultiValueMap<String, String> posted) {
        Typed typed = new Typed();
        // A browser sends two characters for what was typed as one.
        posted.forEach((name, all) -> typed.values.put(
                name,
                all.stream()
                        .filter(Objects::nonNull)
                        .map(value -> value.replace("\r\n", "\n"))
                        .toList()));
        typed.values.values().removeIf(List::isEmpty);
        return typed;
    }

    public void put(String name, @Nullable Object value) {
        values.put(name, List.of(value == null ? "" : value.toString()));
    }

    public void put(String name, LocalizedText text) {
        for (Language language : Language.values()) {
            put(name + "." + language.tag(), text.byLanguage().get(language.tag()));
        }
    }

    public String value(String name) {
        return all(name).isEmpty() ? "" : all(name).getFirst();
    }

    /** Of controls that share a name, such as ticked boxes. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    /** The sequence of what is changed when the form was made; -1 when it says none. */
    public long seen() {
        return word(SEEN).matches("\\d{1,15}") ? Long.parseLong(word(SEEN)) : -1;
    }

    public boolean is(String name, String value) {
        return value(name).equals(value);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Without the blanks around it. */
    public String word(String name) {
        return value(name).strip();
    }

    /** Languages that the portal has no control for are kept as they were. */
    public LocalizedText text(String name, LocalizedText before) {
        Map<String, String> texts = new TreeMap<>(before.byLanguage());
        for (Language language : Language.values()) {
            String text = word(name + "." + language.tag());
            if (text.isEmpty()) {
                texts.remove(language.tag());
            } else {
                texts.put(language.tag(), text);
            }
        }
        return new LocalizedText(texts);
    }

    public LocalizedText text(String name) {
        return text(name, LocalizedText.EMPTY);
    }

    /** Numbers of a list's rows, in order; there may be gaps. */
    public List<Integer> rows(String list) {
        Set<Integer> rows = new TreeSet<>();
        String start = list + ".";
        for (String name : values.keySet()) {
            if (name.startsWith(start)) {
                String number = name.substring(start.length()).replaceFirst("\\..*", "");
                if (number.matches("\\d{1,3}")) {
                    rows.add(Integer.valueOf(number));
                }
            }
        }
        return rows.stream().limit(MOST_ROWS).toList();
    }

    /** Rows in which something was typed. */
    public List<Integer> filledRows(String list) {
        return rows(list).stream()
                .filter(row -> names(list, row).anyMatch(name -> !word(name).isEmpty()))
                .toList();
    }

    /** Whether a button that changes the rows was pressed; then nothing is to be saved yet. */
    public boolean changesRows(String list, String control) {
        if (has(ADD)) {
            add(list, control);
            return true;
        }
        if (has(REMOVE)) {
            if (value(REMOVE).matches("\\d{1,3}")) {
                names(list, Integer.parseInt(value(REMOVE))).toList().forEach(values::remove);
            }
            return true;
        }
        return false;
    }

    public void add(String list, String control) {
        List<Integer> rows = rows(list);
        put(list + "." + (rows.isEmpty() ? 0 : rows.getLast() + 1) + "." + control, "");
    }

    public void dropEmptyRows(String list) {
        List<Integer> filled = filledRows(list);
        rows(list).stream()
                .filter(row -> !filled.contains(row))
                .forEach(row -> names(list, row).toList().forEach(values::remove));
    }

    /** Two rows of a list change places. */
    public void swap(String list, int row, int other) {
        Map<String, List<String>> moved = new LinkedHashMap<>();
        for (int from : List.of(row, other)) {
            int to = from == row ? other : row;
            names(list, from)
                    .forEach(name ->
                            moved.put(list + "." + to + name.substring((list + "." + from).length()), all(name)));
        }
        names(list, row).toList().forEach(values::remove);
        names(list, other).toList().forEach(values::remove);
        values.putAll(moved);
    }

    /** Of the controls that begin so. */
    public Stream<String> names(String start) {
        return values.keySet().stream().filter(name -> name.startsWith(start));
    }

    private Stream<String> names(String list, int row) {
        return values.keySet().stream().filter(name -> name.startsWith(list + "." + row + "."));
    }

    /** What the controls of a list hold, by their names. */
    public Map<String, String> of(String list) {
        Map<String, String> held = new LinkedHashMap<>();
        names(list + ".").forEach(name -> held.put(name, value(name)));
        return held;
    }

    public void wrong(String name, String text) {
        wrong.putIfAbsent(name, text);
    }

    public @Nullable String wrong(String name) {
        return wrong.get(name);
    }

    public boolean isRight() {
        return wrong.isEmpty();
    }

    public List<PageError> errors() {
        List<PageError> errors = new ArrayList<>();
        wrong.forEach((name, text) -> errors.add(new PageError("#" + name, text)));
        return errors;
    }

    /** With what is wrong. */
    public void fill(Model model) {
        model.addAttribute("typed", this);
        model.addAttribute("errors", errors());
    }

    public List<Language> languages() {
        return List.of(Language.values());
    }
}
