package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;

/** What one reads in a PDF of the portal. */
public final class PdfText {
    private PdfText() {}

    public static String of(Visitor person, String address) throws IOException {
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .cookieHandler(person.cookies())
                    .build()
                    .send(person.request(address).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
            try (var pdf = Loader.loadPDF(response.body())) {
                return new PDFTextStripper().getText(pdf);
            }
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
