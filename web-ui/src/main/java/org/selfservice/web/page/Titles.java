package org.selfservice.web.page;

import java.util.Collection;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Completes each page's {@code <title>}: "Error: " before it when the model has {@code errors}, the portal's name after it.
 * So no page can forget either.
 */
@Component
class Titles extends AbstractDialect implements IPostProcessorDialect {
    private final Site site;
    private final MessageSource messages;

    Titles(Site site, MessageSource messages) {
        super("titles");
        this.site = site;
        this.messages = messages;
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return 1000;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Completion.class, 1000));
    }

    String before(ITemplateContext context) {
        return context.getVariable("errors") instanceof Collection<?> errors && !errors.isEmpty()
                ? messages.getMessage("title.error", null, LocaleContextHolder.getLocale()) + " "
                : "";
    }

    String after() {
        return " – " + site.getBrand();
    }

    /** Made by the template engine for each page. */
    public static final class Completion extends AbstractTemplateHandler {
        /** Pictures have titles too; the page's comes first. */
        private boolean done;

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            super.handleOpenElement(tag);
            if (!done && tag.getElementCompleteName().equals("title")) {
                text(titles().before(getContext()));
            }
        }

        @Override
        public void handleCloseElement(ICloseElementTag tag) {
            if (!done && tag.getElementCompleteName().equals("title")) {
                done = true;
                text(org.springframework.web.util.HtmlUtils.htmlEscape(titles().after(), "UTF-8"));
            }
            super.handleCloseElement(tag);
        }

        private void text(String text) {
            if (!text.isEmpty()) {
                super.handleText(getContext().getModelFactory().createText(text));
            }
        }

        private Titles titles() {
            return getContext().getConfiguration().getDialects().stream()
                    .filter(Titles.class::isInstance)
                    .map(Titles.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
