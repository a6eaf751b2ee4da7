package org.selfservice;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.selfservice.kernel.CannotStart;

/**
 * Opens the pages that everybody opens first. It tells an operator that all is in place, and what Java notes meanwhile makes
 * later starts quick (JEP 514: ahead-of-time command-line ergonomics).
 */
final class Rehearsal {
    private static final List<String> PAGES = List.of("/", "/?lang=ar", "/sign-in", "/help");

    private Rehearsal() {}

    /**
     * @return what to tell whoever started it
     * @throws CannotStart when a page does not open
     */
    static String of(Launch launch) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            for (String page : PAGES) {
                int status = browser.send(
                                HttpRequest.newBuilder(launch.address().resolve(page))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode();
                if (status != 200) {
                    throw new CannotStart("The portal starts, but " + page + " answers " + status + ".");
                }
            }
        } catch (IOException cannot) {
            throw new CannotStart("The portal starts, but its pages cannot be opened.", cannot);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            launch.close();
        }
        return "The portal starts and shows its pages.\n";
    }
}
