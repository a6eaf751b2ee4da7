package org.selfservice.web.form.staff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormChanges.Aspect;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.form.staff.Editing.Place;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Language;
import org.springframework.stereotype.Component;

/** What is special about a question, what is wrong with it and what changed, in the words of the page's language. */
@Component
class Wording {
    private final Desk desk;
    private final Format format;

    Wording(Desk desk, Format format) {
        this.desk = desk;
        this.format = format;
    }

    String type(FieldType type) {
        return desk.text("forms.type." + type);
    }

    /** In a few words each: kind, optional, condition, prefill. */
    List<String> marks(Field field, FormDefinition form, @Nullable Field group) {
        List<String> marks = new ArrayList<>();
        marks.add(type(field.type()));
        if (!field.required()) {
            marks.add(desk.text("forms.mark.optional"));
        }
        if (field.mayNotKnow()) {
            marks.add(desk.text("forms.mark.dontKnow"));
        }
        String limits = limits(field.constraints());
        if (!limits.isEmpty()) {
            marks.add(limits);
        }
        if (field.prefill() != null) {
            marks.add(desk.text("forms.mark.prefill", attribute(field.prefill())));
        }
        if (field.reportable()) {
            marks.add(desk.text("forms.mark.reportable"));
        }
        if (field.showIf() != null) {
            marks.add(condition(field.showIf(), form, group));
        }
        return marks;
    }

    String attribute(String attribute) {
        return desk.firstOf(
                "forms.attribute." + attribute, "registrant.attribute." + attribute, "forms.attribute.other");
    }

    /** @param group whose questions are meant first; null on a page */
    String condition(Condition condition, FormDefinition form, @Nullable Field group) {
        String and = " " + desk.text(condition.match() == Condition.Match.ALL ? "forms.and" : "forms.or") + " ";
        return desk.text(
                "forms.onlyIf",
                condition.tests().stream().map(test -> test(test, form, group)).collect(Collectors.joining(and)));
    }

    private String test(Condition.Test test, FormDefinition form, @Nullable Field group) {
        Field field = (group == null ? List.<Field>of() : group.fields())
                .stream()
                        .filter(one -> one.id().equals(test.field()))
                        .findFirst()
                        .or(() -> form.field(test.field()))
                        .orElse(null);
        String question = field == null ? test.field() : label(field);
        String value = field == null ? test.value() : value(field, test.value());
        return desk.text("forms.test." + test.operator(), question, value);
    }

    String value(Field field, String value) {
        if (field.type() == FieldType.YES_NO && (value.equals("yes") || value.equals("no"))) {
            return desk.text("field." + value);
        }
        return field.options().stream()
                .filter(option -> option.value().equals(value))
                .map(option -> option.label().in(Desk.locale()))
                .findFirst()
                .orElse(value);
    }

    static String label(Field field) {
        String label = field.label().in(Desk.locale());
        return label.isBlank() ? field.id() : label;
    }

    String limits(Constraints limits) {
        List<String> all = new ArrayList<>();
        between(all, "length", limits.minLength(), limits.maxLength());
        between(all, "number", limits.min(), limits.max());
        if (limits.decimals() != null && limits.decimals() > 0) {
            all.add(desk.text("forms.limit.decimals", limits.decimals()));
        }
        if (limits.earliest() != null) {
            all.add(desk.text("forms.limit.earliest", format.date(limits.earliest())));
        }
        if (limits.latest() != null) {
            all.add(desk.text("forms.limit.latest", format.date(limits.latest())));
        }
        if (limits.notInFuture()) {
            all.add(desk.text("forms.limit.past"));
        }
        between(all, "rows", limits.minRows(), limits.maxRows());
        if (limits.maxFiles() != null) {
            all.add(desk.text("forms.limit.files", limits.maxFiles()));
        }
        if (limits.maxBytes() != null) {
            all.add(desk.text("forms.limit.size", format.size(limits.maxBytes())));
        }
        if (!limits.mediaTypes().isEmpty()) {
            all.add(String.join(", ", limits.mediaTypes()));
        }
        return String.join(desk.text("forms.comma"), all);
    }

    private void between(List<String> all, String what, @Nullable Number least, @Nullable Number most) {
        if (least != null && most != null) {
            all.add(desk.text("forms.limit." + what, format.number(least), format.number(most)));
        } else if (least != null) {
            all.add(desk.text("forms.limit." + what + ".min", format.number(least)));
        } else if (most != null) {
            all.add(desk.text("forms.limit." + what + ".max", format.number(most)));
        }
    }

    /** @param before in one language each where a text differs in several */
    record Difference(String what, String before, String after) {}

    /** What differs between two states of a question, text by text. */
    List<Difference> differences(
            Field before, FormDefinition old, Field after, FormDefinition now, Set<Aspect> aspects) {
        List<Difference> all = new ArrayList<>();
        for (Aspect aspect : aspects) {
            switch (aspect) {
                case LABEL -> texts(all, aspect, before.label(), after.label());
                case HINT -> texts(all, aspect, before.hint(), after.hint());
                case TYPE -> add(all, aspect, type(before.type()), type(after.type()));
                case REQUIRED -> add(all, aspect, yesNo(!before.required()), yesNo(!after.required()));
                case DONT_KNOW -> add(all, aspect, yesNo(before.mayNotKnow()), yesNo(after.mayNotKnow()));
                case LIMITS -> add(all, aspect, limits(before.constraints()), limits(after.constraints()));
                case OPTIONS -> add(all, aspect, options(before), options(after));
                case CONDITION -> add(all, aspect, shown(before.showIf(), old), shown(after.showIf(), now));
                case PREFILL -> add(all, aspect, prefilled(before), prefilled(after));
                case REPORTABLE -> add(all, aspect, yesNo(before.reportable()), yesNo(after.reportable()));
                case PAGE -> add(all, aspect, page(old, before), page(now, after));
                case ORDER -> add(all, aspect, "", "");
            }
        }
        return all;
    }

    List<Difference> differences(Page before, FormDefinition old, Page after, FormDefinition now, Set<Aspect> aspects) {
        List<Difference> all = new ArrayList<>();
        for (Aspect aspect : aspects) {
            switch (aspect) {
                case LABEL -> texts(all, aspect, before.title(), after.title());
                case HINT -> texts(all, aspect, before.hint(), after.hint());
                case CONDITION -> add(all, aspect, shown(before.showIf(), old), shown(after.showIf(), now));
                default -> add(all, aspect, "", "");
            }
        }
        return all;
    }

    private void texts(List<Difference> all, Aspect aspect, LocalizedText before, LocalizedText after) {
        for (Language language : Language.values()) {
            String was = before.byLanguage().getOrDefault(language.tag(), "");
            String is = after.byLanguage().getOrDefault(language.tag(), "");
            if (!was.equals(is)) {
                all.add(new Difference(
                        desk.text("forms.inLanguage", desk.text("forms.aspect." + aspect), language.ownName()),
                        was,
                        is));
            }
        }
    }

    private void add(List<Difference> all, Aspect aspect, String before, String after) {
        all.add(new Difference(desk.text("forms.aspect." + aspect), before, after));
    }

    private String yesNo(boolean yes) {
        return desk.text(yes ? "common.yes" : "common.no");
    }

    /** One a line, in all languages: a change of one of them is one. */
    private static String options(Field field) {
        return field.options().stream()
                .map(option -> String.join(" / ", option.label().byLanguage().values()))
                .collect(Collectors.joining("\n"));
    }

    private String shown(@Nullable Condition condition, FormDefinition form) {
        return condition == null ? desk.text("forms.always") : condition(condition, form, null);
    }

    private String prefilled(Field field) {
        return field.prefill() == null ? desk.text("forms.prefill.none") : attribute(field.prefill());
    }

    private static String page(FormDefinition form, Field field) {
        return Editing.find(form, field.id())
                .map(place -> place.page().title().in(Desk.locale()))
                .orElse("");
    }

    /** What is wrong, for whoever builds the form. */
    String mistake(Problem mistake, FormDefinition form) {
        String what = mistake.details().getOrDefault("what", "");
        String text = desk.firstOf(
                "forms.mistake." + what + "." + mistake.code(), "forms.mistake." + what, "forms.mistake.other");
        String field = mistake.details().getOrDefault("field", "");
        String named = form.field(field).map(Wording::label).orElse(field);
        return text.replace("{field}", named)
                .replace("{option}", mistake.details().getOrDefault("option", ""));
    }

    /** @param href where it is mended; null when nothing can be named */
    record Mistake(String subject, String text, @Nullable String href) {}

    /** What must be mended before publishing. */
    List<Mistake> mistakes(FormDefinition draft) {
        return FormRules.mistakes(draft).stream()
                .map(mistake -> {
                    Page page = draft.page(mistake.path()).orElse(null);
                    Place place =
                            page == null ? Editing.find(draft, mistake.path()).orElse(null) : null;
                    return new Mistake(subject(page, place), mistake(mistake, draft), href(mistake, page, place));
                })
                .toList();
    }

    private static String subject(@Nullable Page page, @Nullable Place place) {
        Locale locale = Desk.locale();
        if (page != null) {
            String title = page.title().in(locale);
            return title.isBlank() ? page.id() : title;
        }
        if (place != null) {
            String label = place.field().label().in(locale);
            return label.isBlank() ? place.path() : label;
        }
        return "";
    }

    private static @Nullable String href(Problem mistake, @Nullable Page page, @Nullable Place place) {
        String what = mistake.details().getOrDefault("what", "");
        if (place != null) {
            return what.equals("fields") ? "/questions/" + place.path() + "/questions" : "/questions/" + place.path();
        }
        if (page != null) {
            return what.equals("fields") ? "/pages/" + page.id() + "/questions" : "/pages/" + page.id();
        }
        return what.equals("region") ? "/country" : what.equals("pages") ? "/pages" : null;
    }

    /** One question in the list, its group's questions beneath it. */
    record Row(Field field, String path, List<String> marks, List<Row> rows, boolean first, boolean last) {}

    record Section(Page page, @Nullable String condition, List<Row> rows, boolean first, boolean last) {}

    List<Section> sections(FormDefinition form) {
        return form.pages().stream()
                .map(page -> new Section(
                        page,
                        page.showIf() == null ? null : condition(page.showIf(), form, null),
                        rows(form, null, page.fields()),
                        page.equals(form.pages().getFirst()),
                        page.equals(form.pages().getLast())))
                .toList();
    }

    private List<Row> rows(FormDefinition draft, @Nullable Field group, List<Field> fields) {
        return fields.stream()
                .map(field -> new Row(
                        field,
                        group == null ? field.id() : group.id() + "." + field.id(),
                        marks(field, draft, group),
                        rows(draft, field, field.fields()),
                        field.equals(fields.getFirst()),
                        field.equals(fields.getLast())))
                .toList();
    }
}
