package org.selfservice.web.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Field;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the document page says, in the page's language. */
@Component
class DocumentTexts {
    private static final Set<String> EXPLAINED = Set.of(
            "DOCUMENT_EMPTY",
            "DOCUMENT_TOO_LARGE",
            "DOCUMENT_TYPE",
            "DOCUMENT_ENCRYPTED",
            "DOCUMENT_DAMAGED",
            "DOCUMENT_INFECTED",
            "DOCUMENT_INCOMPLETE",
            "DOCUMENT_TWICE",
            "TOO_MANY_DOCUMENTS");

    private final MessageSource messages;
    private final Format format;

    DocumentTexts(MessageSource messages, Format format) {
        this.messages = messages;
        this.format = format;
    }

    /** PDF, JPEG, PNG. */
    String typeNames(Field question) {
        return question.constraints().mediaTypesOrDefault().stream()
                .map(type -> text("document.type." + type))
                .collect(Collectors.joining(", "));
    }

    List<String> told(List<String> kept, List<String> shortened, @Nullable String removed) {
        return Stream.of(
                        kept.stream().map(name -> text("document.added", name)),
                        shortened.stream().map(name -> text("document.shortened", name)),
                        Stream.ofNullable(removed).map(name -> text("document.removed", name)))
                .flatMap(lines -> lines)
                .toList();
    }

    List<PageError> errors(List<DocumentPages.Failed> failed, boolean nothingChosen, Field question) {
        List<PageError> errors = new ArrayList<>();
        if (nothingChosen) {
            errors.add(new PageError("#files", text("document.nothing")));
        }
        failed.forEach(one -> errors.add(new PageError("#files", error(one, question))));
        return errors;
    }

    String error(DocumentPages.Failed failed, Field question) {
        String argument = switch (failed.code()) {
            case "DOCUMENT_TOO_LARGE" -> format.size(question.constraints().maxBytesOrDefault());
            case "DOCUMENT_TYPE" -> typeNames(question);
            default -> "";
        };
        return text(
                "document.error." + (EXPLAINED.contains(failed.code()) ? failed.code() : "other"),
                failed.name(),
                argument,
                question.constraints().maxFilesOrDefault());
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
