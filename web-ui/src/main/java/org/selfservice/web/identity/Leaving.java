package org.selfservice.web.identity;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * From a form to a provider's pages. Browsers hold redirections that answer a form, and all that come after them, against
 * where the portal's forms may lead (Content Security Policy Level 3, {@code form-action}); nobody can know where a provider
 * sends people on to. So the answer is a page that leads there at once.
 */
@Controller
class Leaving {
    /** Reached by forwarding alone. */
    static final String ADDRESS = "/leaving";

    private static final String TO = "org.selfservice.web.identity.Leaving.to";

    /** What a controller returns that answers a form. */
    static String to(String address, HttpServletRequest request) {
        request.setAttribute(TO, address);
        return "forward:" + ADDRESS;
    }

    /** The same where there is no controller. */
    static void to(String address, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(TO, address);
        try {
            request.getRequestDispatcher(ADDRESS).forward(request, response);
        } catch (ServletException failed) {
            throw new IOException(failed);
        }
    }

    /** @throws Refused NOT_FOUND for whoever comes here otherwise */
    @PostMapping(ADDRESS)
    String show(
            @RequestAttribute(name = TO, required = false) @Nullable String to,
            HttpServletResponse response,
            Model model) {
        if (to == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        response.setHeader("Refresh", "0; url=" + to);
        model.addAttribute("to", to);
        model.addAttribute("host", URI.create(to).getHost());
        model.addAttribute("languagesElsewhere", true);
        return "identity/leaving";
    }
}
