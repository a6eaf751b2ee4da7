package org.selfservice.web.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.apache.tika.Tika;

/** A small picture beside the name of an ID. It travels inside the page, so that nobody else learns who opens it. */
final class Logo {
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml");
    private static final int LARGEST = 50_000;

    private Logo() {}

    /** @return a data URI */
    static String read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            String type = new Tika().detect(content, file.getFileName().toString());
            if (content.length > LARGEST || !PICTURES.contains(type)) {
                throw new WrongSetting(
                        "logo",
                        file + " has " + content.length + " bytes and is " + type
                                + "; a PNG, JPEG, GIF, WebP or SVG of at most " + LARGEST + " bytes is right");
            }
            return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
        } catch (IOException cannot) {
            throw new WrongSetting("logo", file + " cannot be read; name a picture that the portal may read");
        }
    }
}
