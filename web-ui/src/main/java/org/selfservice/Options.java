package org.selfservice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;

/**
 * What may be said on the command line. {@code --a.property=value} sets any property of the application.
 *
 * @param demo whether the demonstration identity provider runs and its people can sign in
 * @param home the data folder
 * @param rehearsal whether it stops by itself once it has shown its first pages to itself
 * @param crowd how many invented people apply for a program of the demonstration during a rehearsal
 * @param checkProvider the id of a provider that is tried instead of starting the portal
 * @param replay what to do with a view of the portal that runs, instead of starting one
 * @param properties passed on as they are
 */
record Options(
        boolean demo,
        int port,
        int idpPort,
        Path home,
        boolean help,
        boolean rehearsal,
        int crowd,
        @Nullable String checkProvider,
        @Nullable Replay replay,
        List<String> properties) {
    static final String HELP = """
            The Self-Service Portal.

              --port=8080       port of the portal
              --idp-port=9000   port of the demonstration identity provider
              --no-demo         without demonstration identity provider, people and programs
              --rehearse[=N]    start, open the first pages and stop: whether all is in place; with N, after so many
                                invented people applied for a program of the demonstration
              --check-provider=ID  try what can be tried of an identity provider without a person, say what was
                                seen, and stop; nothing else is started
              --replay[=VIEW]   fold a view of the portal that runs at --port anew, beside the live one, and compare
                                them; without a view, say how all are. --swap makes it live, --stop throws it away
              --help            this text
              --name.of=value   any property of the application, such as --portal.roles=web,
                                or --spring.profiles.include=json-logs for a log of JSON lines

            PORTAL_HOME is the folder for everything that is kept, "data" unless set; settings may be in portal.yaml there.
            """;

    /** @param view empty to say how all are */
    record Replay(String view, boolean swap, boolean stop) {}

    static Options parse(String[] arguments, String home) {
        boolean demo = true;
        boolean help = false;
        boolean rehearsal = false;
        int crowd = 0;
        String checkProvider = null;
        String replayed = null;
        boolean swap = false;
        boolean stop = false;
        int port = 8080;
        int idpPort = 9000;
        List<String> properties = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--no-demo" -> demo = false;
                case "--help", "-h", "help" -> help = true;
                case "--rehearse" -> {
                    rehearsal = true;
                    crowd = equals < 0 ? 0 : number(name, argument.substring(equals + 1), "a number of people", 10_000);
                }
                case "--swap" -> swap = true;
                case "--stop" -> stop = true;
                case "--replay" -> {
                    boolean isNext = equals < 0 && i + 1 < arguments.length && !arguments[i + 1].startsWith("-");
                    replayed = isNext ? arguments[++i] : equals < 0 ? "" : argument.substring(equals + 1);
                }
                case "--check-provider" -> {
                    checkProvider = equals >= 0
                            ? argument.substring(equals + 1)
                            : i + 1 < arguments.length ? arguments[++i] : "";
                    if (checkProvider.isEmpty()) {
                        throw new CannotStart(
                                "--check-provider takes the id of a provider, as in portal.login.providers.");
                    }
                }
                case "--port", "--idp-port" -> {
                    String value = equals >= 0
                            ? argument.substring(equals + 1)
                            : i + 1 < arguments.length ? arguments[++i] : "";
                    if (name.equals("--port")) {
                        port = port(name, value);
                    } else {
                        idpPort = port(name, value);
                    }
                }
                default -> {
                    if (!name.startsWith("--") || equals < 0 || !name.contains(".")) {
                        throw new CannotStart("There is no option " + argument + ". See --help.");
                    }
                    properties.add(argument);
                }
            }
        }
        if ((swap || stop) && (replayed == null || replayed.isEmpty() || swap && stop)) {
            throw new CannotStart("--swap or --stop says what to do with one replay: --replay=VIEW --swap.");
        }
        if (crowd > 0 && !demo) {
            throw new CannotStart(
                    "Invented people apply for the demonstration's programs: without it, --rehearse takes no number.");
        }
        Replay replay = replayed == null ? null : new Replay(replayed, swap, stop);
        return new Options(
                demo, port, idpPort, Path.of(home), help, rehearsal, crowd, checkProvider, replay, properties);
    }

    /** 0 for any that is free. */
    private static int port(String option, String value) {
        return number(option, value, "a port", 65535);
    }

    private static int number(String option, String value, String what, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // said below
        }
        throw new CannotStart(option + " takes " + what + " from 0 to " + most + ", not \"" + value + "\".");
    }
}
