package org.selfservice;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.Refused;
import org.selfservice.web.demo.DemoPeople;

/**
 * Opens the pages that everybody opens first. It tells an operator that all is in place, and what Java notes meanwhile makes
 * later starts quick (JEP 514: ahead-of-time command-line ergonomics; JEP 515: method profiling), all the more when there are
 * events to fold.
 */
final class Rehearsal {
    private static final List<String> PAGES = List.of("/", "/?lang=ar", "/sign-in", "/help");

    private Rehearsal() {}

    /**
     * @param crowd how many invented people apply before
     * @return what to tell whoever started it
     * @throws CannotStart when a page does not open
     */
    static String of(Launch launch, int crowd) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            if (crowd > 0) {
                launch.context().getBean(DemoPeople.class).apply(crowd);
            }
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
        } catch (Refused no) {
            throw new CannotStart("The portal starts, but nobody can apply: " + no.getMessage(), no);
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
