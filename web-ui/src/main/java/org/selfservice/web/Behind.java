package org.selfservice.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What a request did that the views did not show when it had waited for them: the page that it redirects to says so, instead
 * of showing what was before as if nothing had been done. A flash attribute: who only looks at a page has done nothing.
 */
public final class Behind {
    public static final String ATTRIBUTE = "behind";

    private Behind() {}

    /** Tells the page that the current request redirects to, if it is one that does. */
    static void tell() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
            FlashMap next = RequestContextUtils.getOutputFlashMap(current.getRequest());
            if (next != null) {
                next.put(ATTRIBUTE, true);
            }
        }
    }

    /** Whether the views were behind what led to this page. */
    public static boolean is(HttpServletRequest request) {
        Map<String, ?> before = RequestContextUtils.getInputFlashMap(request);
        return before != null && before.containsKey(ATTRIBUTE);
    }

    /** Remembers it for when this page is looked at again; if it is found then, nothing is said. */
    public static void again(HttpServletRequest request, HttpServletResponse response) {
        RequestContextUtils.getOutputFlashMap(request).put(ATTRIBUTE, false);
        RequestContextUtils.saveOutputFlashMap(request.getRequestURI(), request, response);
    }
}
