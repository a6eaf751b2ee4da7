package org.selfservice.web.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.Tika;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Constraints;

/** Whether a file is what it must be. Its type is what its content says; its name says nothing. */
final class Checks {
    /** How much of the beginning tells the type. */
    static final int BEGINNING = 1 << 16;

    private static final Tika TIKA = new Tika();
    /** Opening a PDF takes several times its size in memory. */
    private static final Semaphore PDFS_AT_ONCE = new Semaphore(2);

    private Checks() {}

    /** @throws Refused DOCUMENT_TYPE with the detail {@code type} that it is and the {@code allowed} ones */
    static String type(byte[] beginning, Constraints constraints) {
        String type = TIKA.detect(beginning);
        if (type.equals("image/heif")) {
            type = "image/heic";
        }
        if (!constraints.mediaTypesOrDefault().contains(type)) {
            throw new Refused(
                    RefusalCode.DOCUMENT_TYPE,
                    Map.of("type", type, "allowed", String.join(" ", constraints.mediaTypesOrDefault())));
        }
        return type;
    }

    /** @throws Refused DOCUMENT_ENCRYPTED when it asks for a password, DOCUMENT_DAMAGED when it cannot be opened */
    static void opens(String type, InputStream content) throws IOException {
        switch (type) {
            case "application/pdf" -> opensAsPdf(content);
            case "image/jpeg", "image/png" -> opensAsImage(content);
            default -> {}
        }
    }

    private static void opensAsPdf(InputStream content) throws IOException {
        PDFS_AT_ONCE.acquireUninterruptibly();
        try (PDDocument pdf = Loader.loadPDF(content.readAllBytes())) {
            if (pdf.getNumberOfPages() == 0) {
                throw new Refused(RefusalCode.DOCUMENT_DAMAGED);
            }
        } catch (InvalidPasswordException locked) {
            throw new Refused(RefusalCode.DOCUMENT_ENCRYPTED);
        } catch (IOException damaged) {
            throw new Refused(RefusalCode.DOCUMENT_DAMAGED);
        } finally {
            PDFS_AT_ONCE.release();
        }
    }

    /** Reads the header alone: a picture of any size costs the same. */
    private static void opensAsImage(InputStream content) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(content)) {
            ImageReader reader = ImageIO.getImageReaders(input).next();
            try {
                reader.setInput(input, true, true);
                if (reader.getWidth(0) < 1 || reader.getHeight(0) < 1) {
                    throw new Refused(RefusalCode.DOCUMENT_DAMAGED);
                }
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException damaged) {
            throw new Refused(RefusalCode.DOCUMENT_DAMAGED);
        }
    }
}
