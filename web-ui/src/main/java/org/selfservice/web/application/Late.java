package org.selfservice.web.application;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What is shown in place of a page whose view does not know yet what its reader has just done: that it is kept, and where to
 * look again. Whoever redirects to that page says what was done, which is remembered until the view has come after.
 */
@Component
public class Late {
    private final Portal portal;

    Late(Portal portal) {
        this.portal = portal;
    }

    /** What a reader can be faster than; each has its texts. */
    public enum Deed {
        BEGINNING("justBegun", "beginning"),
        SENDING("justSent", "sending");

        private final String attribute;
        private final String texts;

        Deed(String attribute, String texts) {
            this.attribute = attribute;
            this.texts = texts;
        }

        /** Says to the next page that this was done for a program. */
        public void tell(RedirectAttributes next, ProgramCode program) {
            next.addFlashAttribute(attribute, program.value());
        }

        private Optional<ProgramCode> program(Model model) {
            return model.getAttribute(attribute) instanceof String code
                    ? Optional.of(new ProgramCode(code))
                    : Optional.empty();
        }
    }

    /** The template to show while the view does not know of a deed; empty when the deed was not said to be done. */
    Optional<String> page(Deed deed, Model model, HttpServletRequest request, HttpServletResponse response) {
        return deed.program(model).map(program -> {
            RequestContextUtils.getOutputFlashMap(request).put(deed.attribute, program.value());
            RequestContextUtils.saveOutputFlashMap(request.getRequestURI(), request, response);
            model.addAttribute("late", deed.texts);
            model.addAttribute("program", portal.ask(new FindProgram(program)));
            model.addAttribute("again", request.getRequestURI());
            return "application/late";
        });
    }
}
