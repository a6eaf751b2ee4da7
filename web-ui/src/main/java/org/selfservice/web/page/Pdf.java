package org.selfservice.web.page;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Documents to keep and to print, from templates of the portal, in any of its scripts. Their font is called "receipt". */
public final class Pdf {
    private static final String FONTS = "net/sf/jasperreports/fonts/dejavu/";
    private static final String NO_GLYPH = "\u25A1";

    private Pdf() {}

    /** To be opened in the browser, and kept by nobody but its person. */
    public static ResponseEntity<byte[]> answer(String name, String html, Locale locale) throws IOException {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(name + ".pdf")
                                .build()
                                .toString())
                .body(of(printable(html), locale));
    }

    public static String direction(Locale locale) {
        return Language.of(locale).orElse(Language.ENGLISH).direction();
    }

    /** Without the characters that XML 1.0 does not allow. */
    private static String printable(String html) {
        StringBuilder text = new StringBuilder(html.length());
        html.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= 0x20 && c <= 0xD7FF
                        || c >= 0xE000 && c <= 0xFFFD
                        || c >= 0x10000)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static byte[] of(String html, Locale locale) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .useFastMode()
                .useFont(font("DejaVuSans.ttf"), "receipt", 400, FontStyle.NORMAL, true)
                .useFont(font("DejaVuSans-Bold.ttf"), "receipt", 700, FontStyle.NORMAL, true)
                .useUnicodeBidiSplitter(RightToLeft.Runs::new)
                .useUnicodeBidiReorderer(new RightToLeft.Order())
                .defaultTextDirection(direction(locale).equals("rtl") ? TextDirection.RTL : TextDirection.LTR)
                .useReplacementText(NO_GLYPH)
                // it shows nothing but its own text
                .useUriResolver((base, uri) -> null)
                .withHtmlContent(html, null)
                .toStream(out)
                .run();
        return out.toByteArray();
    }

    private static FSSupplier<InputStream> font(String name) {
        return () -> {
            try {
                return new ClassPathResource(FONTS + name).getInputStream();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        };
    }
}
