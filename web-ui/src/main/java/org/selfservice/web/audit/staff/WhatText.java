package org.selfservice.web.audit.staff;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.Questions;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.web.Portal;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What a fact or a change is about, in the words that people read: the label of a question, the name of a demographic
 * attribute. In templates: {@code ${@what.in(questions).of('answers.household_size')}}.
 */
@Component("what")
class WhatText {
    /** Where the names of questions follow, and inside a repeated group those of its own. */
    private static final Pattern QUESTION =
            Pattern.compile("(?:^|\\.)(?:answers|sources|deferred)\\.(\\w+)(?:\\[\\d+]\\.(\\w+))?");

    private static final Pattern ATTRIBUTE = Pattern.compile("^demographics\\.(\\w+)");

    private final Portal portal;
    private final MessageSource texts;

    WhatText(Portal portal, MessageSource texts) {
        this.portal = portal;
        this.texts = texts;
    }

    /** @param questions null when there are none */
    public Words in(@Nullable Questions questions) {
        return new Words(
                questions == null
                        ? null
                        : portal.ask(new FindFormVersion(questions.form(), questions.version()))
                                .definition());
    }

    /** Each version of a form is asked for once. */
    Map<@Nullable Questions, Words> in(Collection<Changed> changes) {
        Map<@Nullable Questions, Words> words = new HashMap<>();
        changes.forEach(one -> words.computeIfAbsent(one.questions(), this::in));
        return words;
    }

    public final class Words {
        private final @Nullable FormDefinition form;

        private Words(@Nullable FormDefinition form) {
            this.form = form;
        }

        /** @return null when there are no other words for it than the way to it */
        public @Nullable String of(String what) {
            Locale locale = LocaleContextHolder.getLocale();
            Matcher attribute = ATTRIBUTE.matcher(what);
            if (attribute.find()) {
                return texts.getMessage("registrant.attribute." + attribute.group(1), null, null, locale);
            }
            Matcher question = QUESTION.matcher(what);
            if (form == null || !question.find()) {
                return null;
            }
            Field asked = named(form.fields(), question.group(1));
            if (asked == null) {
                return null;
            }
            Field inside = question.group(2) == null ? null : named(asked.fields().stream(), question.group(2));
            String label = asked.label().in(locale);
            return inside == null ? label : label + " – " + inside.label().in(locale);
        }

        private static @Nullable Field named(Stream<Field> fields, String id) {
            List<Field> found =
                    fields.filter(field -> field.id().equals(id)).limit(1).toList();
            return found.isEmpty() ? null : found.getFirst();
        }
    }
}
