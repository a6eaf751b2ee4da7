package org.selfservice;

import org.selfservice.kernel.CannotStart;
import org.selfservice.web.WebSide;
import org.selfservice.web.identity.ProviderCheck;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the portal. The sides join by auto-configuration, each for its role. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Parts.class, WebSide.class, Management.class})
public class PortalApplication {

    public static void main(String... arguments) {
        try {
            Options options = Options.parse(arguments, home());
            if (options.help()) {
                System.out.print(Options.HELP);
                return;
            }
            if (options.checkProvider() != null) {
                System.exit(check(options, options.checkProvider()));
            }
            if (options.replay() != null) {
                System.exit(replay(options.port(), options.replay()));
            }
            Launch launch = Launch.of(options);
            if (options.rehearsal()) {
                System.out.print(Rehearsal.of(launch, options.crowd()));
                System.exit(0);
            }
            // whoever collects JSON lines wants no others
            if (!launch.context().getEnvironment().matchesProfiles("json-logs")) {
                System.out.print(launch.welcome());
            }
        } catch (CannotStart known) {
            Obstacle.say(known);
            System.exit(1);
        } catch (RuntimeException failure) {
            // what is unknown was logged by Spring Boot
            System.exit(1);
        }
    }

    /** @return the exit code */
    private static int check(Options options, String provider) {
        ProviderCheck.Report report = ProviderCheck.of(
                provider,
                Launch.arguments(options, options.port(), options.idpPort()),
                "http://localhost:" + options.port());
        report.lines().forEach(System.out::println);
        return report.isGood() ? 0 : 1;
    }

    /** @return the exit code */
    private static int replay(int port, Options.Replay wanted) {
        try {
            return new Operator(port, System.out).replay(wanted);
        } catch (CannotStart no) {
            System.err.println(no.getMessage());
            return Operator.FAILED;
        }
    }

    private static String home() {
        String home = System.getenv("PORTAL_HOME");
        return home == null || home.isBlank() ? "data" : home;
    }
}
